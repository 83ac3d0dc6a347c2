import type { Change, ChangedFile } from '#domain/change.ts'
import { neverClasses } from '#domain/risk.ts'
import type { Risk, RiskClass, RiskMark } from '#domain/risk.ts'

import { brokenInterfaces } from './interface.ts'
import { changedLines } from './lines.ts'
import { isDocument, isLockfile, isManifest, isScript, isSnapshot } from './paths.ts'
import { pathClasses, textClasses } from './risk-words.ts'
import { isFormatOnly } from './syntax.ts'

/**
 * What a human must look at (S2-36, S2-37), by path and by diff. Deny wins, and nothing a label says lowers it (K30);
 * what nobody can classify is for review. Layout inside a risky path is still marked: only its lines are not read.
 */
export function riskOf(change: Change): Risk {
  return withLevel(change.flatMap(marksOf))
}

/** The same from what is on record where texts are not: today's words about the paths, and the marks that diffs gave. */
export function riskOnRecord(files: readonly string[], { marks }: Pick<Risk, 'marks'>): Risk {
  const change = files.map((path) => ({ path, before: null, after: null }))
  const byPath = change.flatMap(marksOfPath)
  // A dependency is one by what changed, also where no line of it could be named.
  const read = marks.filter((one) => one.by === 'diff' || one.class === 'dependency-update')
  return withLevel([...byPath, ...read])
}

const never: ReadonlySet<RiskClass> = new Set(neverClasses)

function withLevel(marks: readonly RiskMark[]): Risk {
  const isNever = marks.some((mark) => never.has(mark.class))
  return { level: isNever ? 'never' : marks.length > 0 ? 'review' : 'safe', marks: [...marks] }
}

function marksOfPath(file: ChangedFile): readonly RiskMark[] {
  const byPath = pathClasses(file.path).map((found) => mark(file, found, null))
  return byPath.length === 0 && !isKnown(file.path) ? [mark(file, 'unknown', null)] : byPath
}

function marksOf(file: ChangedFile): readonly RiskMark[] {
  const byPath = marksOfPath(file)
  if (byPath.some((one) => one.class === 'unknown')) return byPath
  const byDiff = isDocument(file.path) || isFormatOnly(file) ? [] : diffMarks(file)
  return [...byPath, ...byDiff]
}

/** One mark per class, at its first changed line. */
function diffMarks(file: ChangedFile): readonly RiskMark[] {
  const found = new Map<RiskClass, RiskMark>()
  for (const { line, text } of changedLines(file.before, file.after))
    for (const risk of textClasses(text))
      if (!found.has(risk)) found.set(risk, mark(file, risk, line))
  return [...found.values(), ...dependencyMarks(file), ...interfaceMarks(file)]
}

function dependencyMarks(file: ChangedFile): readonly RiskMark[] {
  return isManifest(file.path) || isLockfile(file.path)
    ? [mark(file, 'dependency-update', firstLine(file))]
    : []
}

function interfaceMarks(file: ChangedFile): readonly RiskMark[] {
  return brokenInterfaces(file).map((line) => mark(file, 'breaking-api', line))
}

function firstLine({ before, after }: ChangedFile): number | null {
  return changedLines(before, after)[0]?.line ?? null
}

function mark({ path }: ChangedFile, risk: RiskClass, line: number | null): RiskMark {
  return { class: risk, path, line, by: line === null ? 'path' : 'diff' }
}

/** Kinds of files whose meaning the words above can be read from. */
function isKnown(path: string): boolean {
  return (
    isScript(path) ||
    isDocument(path) ||
    isManifest(path) ||
    isLockfile(path) ||
    isSnapshot(path) ||
    /\.(?:json|jsonc|css|scss|less|html|svg|vue|svelte|astro)$/.test(path)
  )
}

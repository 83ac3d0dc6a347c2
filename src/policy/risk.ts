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
  const marks = change.flatMap(marksOf)
  const isNever = marks.some((mark) => never.has(mark.class))
  return { level: isNever ? 'never' : marks.length > 0 ? 'review' : 'safe', marks }
}

const never: ReadonlySet<RiskClass> = new Set(neverClasses)

function marksOf(file: ChangedFile): readonly RiskMark[] {
  const byPath = pathClasses(file.path).map((found) => mark(file, found, null))
  if (byPath.length === 0 && !isKnown(file.path)) return [mark(file, 'unknown', null)]
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

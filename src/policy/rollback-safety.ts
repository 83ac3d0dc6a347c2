import type { Change, ChangedFile } from '#domain/change.ts'
import type { RollbackMark, RollbackSafety } from '#domain/rollback.ts'

import { brokenInterfaces } from './interface.ts'
import { type ChangedLine, changedLines } from './lines.ts'
import { isDocument, isTest } from './paths.ts'
import { pathClasses } from './risk-words.ts'

/**
 * Whether the version before a change would work again after it was live: a schema that moved on, an interface that
 * others followed, a setting that was taken away (deploy.md 2.9). By what the files say; nobody is asked. `unreadable`:
 * paths whose texts could not be read.
 */
export function rollbackSafetyOf(
  change: Change,
  unreadable: readonly string[] = [],
): RollbackSafety {
  const told = change.filter(({ path }) => !isDocument(path) && !isTest(path))
  const kept = keptNames(told)
  const marks = [
    ...told.flatMap((file) => [...schemaMarks(file), ...interfaceMarks(file)]),
    ...told.flatMap((file) => configurationMarks(file, kept)),
    ...unreadable.map((path) => ({ class: 'unreadable', path, line: null }) as const),
  ]
  return { level: levelOf(marks), marks }
}

function levelOf(marks: readonly RollbackMark[]): RollbackSafety['level'] {
  if (marks.some((one) => one.class === 'lost-data')) return 'unsafe'
  return marks.length > 0 ? 'needs-human' : 'safe'
}

const destroys =
  /\b(?:drop\s+(?:table|column|schema|type|database|view)|truncate\b|rename\s+(?:to|column|table)|alter\s+column\s+\S+\s+(?:set\s+data\s+)?type|delete\s+from)\b|\b(?:dropTable|dropColumn|renameTable|renameColumn|removeColumn)\b/i

/** A migration that only adds lets the version before run, as a rule; one that takes away does not. */
function schemaMarks(file: ChangedFile): readonly RollbackMark[] {
  if (!pathClasses(file.path).includes('database-schema')) return []
  const added = changedLines(file.before, file.after).filter(({ side }) => side === 'added')
  const lost = added.find(({ text }) => destroys.test(text))
  const { path } = file
  if (lost !== undefined) return [{ class: 'lost-data', path, line: lost.line }]
  return [{ class: 'schema', path, line: added[0]?.line ?? null }]
}

function interfaceMarks(file: ChangedFile): readonly RollbackMark[] {
  const { path } = file
  const [line] = brokenInterfaces(file)
  if (line !== undefined) return [{ class: 'interface', path, line }]
  const isContract = pathClasses(path).includes('breaking-api')
  const removed = changedLines(file.before, file.after).find(({ side }) => side === 'removed')
  return isContract && removed !== undefined
    ? [{ class: 'interface', path, line: removed.line }]
    : []
}

/** A setting that nothing reads any more may be gone when the version before is back. */
function configurationMarks(file: ChangedFile, kept: ReadonlySet<string>): readonly RollbackMark[] {
  const { path } = file
  const removed = changedLines(file.before, file.after).filter(({ side }) => side === 'removed')
  const lost = removed.find((one) => namesIn(path, one).some((name) => !kept.has(name)))
  return lost === undefined ? [] : [{ class: 'configuration', path, line: lost.line }]
}

/** The settings that the changed files still name. */
function keptNames(change: Change): ReadonlySet<string> {
  return new Set(
    change.flatMap(({ path, after }) =>
      changedLines(null, after).flatMap((line) => namesIn(path, line)),
    ),
  )
}

const read =
  /\b(?:process\.env|import\.meta\.env)(?:\.(\w+)|\[['"](\w+)['"]\])|\bDeno\.env\.get\(['"](\w+)['"]\)/g
const written = /^\s*#?\s*(?:export\s+)?([A-Z][A-Z\d_]+)=/

function namesIn(path: string, { text }: ChangedLine): readonly string[] {
  if (/(?:^|\/)\.env[^/]*$/.test(path)) return [written.exec(text)?.[1] ?? []].flat()
  return [...text.matchAll(read)].flatMap(([, ...names]) => names.filter((name) => name))
}

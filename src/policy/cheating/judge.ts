import type { Change, ChangedFile } from '#domain/change.ts'
import type { Refusal } from '#domain/refusal.ts'

import { isScript, isSnapshot, isTest, isTestFile } from '../paths.ts'
import type { Syntax } from '../syntax.ts'
import { syntaxOf } from '../syntax.ts'
import { changedConfiguration, isConfiguration } from './configuration.ts'
import { identifiersIn } from './constants.ts'
import { deletedCode } from './deletions.ts'
import { hollowedFunctions } from './functions.ts'
import type { Written } from './literals.ts'
import { valuesIn } from './literals.ts'
import { tamperedLock } from './lockfiles.ts'
import { suiteOf } from './tests.ts'
import { grown } from './trace.ts'
import { tracesIn } from './traces.ts'
import { weakenedTests } from './weakened.ts'

export interface CheatAllowance {
  /** Whether the snapshot rung may rewrite what is expected. */
  readonly snapshots: boolean
}

/**
 * Why a change would make a check green by weakening it; empty for honest work.
 * Looks at syntax and at what differs, never at who made the change or what they say about it.
 */
export function cheatsIn(change: Change, allowance: CheatAllowance): readonly Refusal[] {
  const changed = change.filter(({ before, after }) => before !== after)
  const scripts = changed
    .filter(({ path }) => isScript(path) && !isConfiguration(path))
    .map((file) => ({ file, before: parsed(file, 'before'), after: parsed(file, 'after') }))
  const before = scripts.flatMap(({ before: syntax }) => syntax ?? [])
  const after = scripts.flatMap(({ after: syntax }) => syntax ?? [])
  return [
    ...changed.flatMap(changedConfiguration),
    ...changed.flatMap(tamperedLock),
    ...changed.filter((file) => isSnapshot(file.path) && !allowance.snapshots).map(snapshot),
    ...scripts
      .filter((script) => script.file.after !== null && script.after === null)
      .map(unreadable),
    ...grown(tracesIn(before), tracesIn(after))
      .filter((trace) => !stoodThere(trace, scripts))
      .map(({ rule, file, line, what }) => ({ rule, file, line, what })),
    ...testRefusals(before, after, allowance),
    ...codeRefusals(before, after),
  ]
}

/** A script before and after; null where there is none or nobody can parse it. */
interface Script {
  readonly file: ChangedFile
  readonly before: Syntax | null
  readonly after: Syntax | null
}

function parsed(file: ChangedFile, side: 'before' | 'after'): Syntax | null {
  const text = file[side]
  return text === null ? null : syntaxOf(file.path, text)
}

function testRefusals(
  before: readonly Syntax[],
  after: readonly Syntax[],
  { snapshots }: CheatAllowance,
): readonly Refusal[] {
  const old = before.filter(({ path }) => isTest(path))
  const known = new Set(before.map(({ path }) => path))
  // A test moved to where no runner looks is a test deleted.
  const now = after.filter(({ path }) => known.has(path) || isTestFile(path))
  const names = new Set(after.flatMap(identifiersIn))
  const weaker = weakenedTests(suiteOf(before), suiteOf(now), { names, snapshots })
  return weaker.length > 0
    ? weaker
    : lostValues(
        old,
        after.filter(({ path }) => isTest(path)),
      )
}

function lostValues(before: readonly Syntax[], after: readonly Syntax[]): readonly Refusal[] {
  const left = after.flatMap(valuesIn).map(({ key }) => key)
  return before
    .flatMap(valuesIn)
    .filter(({ key }) => !take(left, key))
    .map(lostValue)
}

function take(from: string[], key: string): boolean {
  const index = from.indexOf(key)
  if (index >= 0) from.splice(index, 1)
  return index >= 0
}

function lostValue({ key, file, line }: Written): Refusal {
  const what = `The value ${key.slice(0, 60)} of a test is gone.`
  return { rule: 'expectation-changed', file, line, what }
}

function codeRefusals(before: readonly Syntax[], after: readonly Syntax[]): readonly Refusal[] {
  const [old, now] = [before, after].map((scripts) => scripts.filter(({ path }) => !isTest(path)))
  return [...hollowedFunctions(old ?? [], now ?? []), ...deletedCode(old ?? [], now ?? [])]
}

function snapshot({ path }: ChangedFile): Refusal {
  return { rule: 'snapshot-edited', file: path, line: null, what: 'It rewrites a snapshot.' }
}

/** Code that nobody can read cannot be judged. */
function unreadable({ file: { path } }: Script): Refusal {
  return {
    rule: 'unreadable',
    file: path,
    line: null,
    what: 'It leaves a file that cannot be parsed.',
  }
}

/** When the old text could not be parsed, a line that was already in it is taken as old. */
function stoodThere({ file, line }: Refusal, scripts: readonly Script[]): boolean {
  const script = scripts.find(({ file: { path } }) => path === file)
  const { before, after } = script?.file ?? { before: null, after: null }
  if (before === null || after === null || script?.before !== null) return false
  const text = after.split('\n')[(line ?? 1) - 1]?.trim() ?? ''
  return before.split('\n').some((old) => old.trim() === text)
}

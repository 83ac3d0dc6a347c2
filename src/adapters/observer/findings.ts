import type { Check, Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Workspace } from '#ports/workspace.ts'

import { lastWords } from '../tools/command.ts'
import { stylish } from '../tools/eslint-stylish.ts'
import { distinct, isRed } from '../tools/found.ts'
import { tools } from '../tools/tools.ts'
import { runReports } from './reports.ts'
import type { Verdict } from './verdict.ts'

export interface Observed {
  readonly workspace: Workspace
  readonly check: Check
  readonly patch: Patch
}

/**
 * What the tools behind a verdict have to say. Their plain output is read where it holds everything, because a second run
 * costs as much as the first; the rest is asked again in a machine format, all in one sandbox.
 */
export async function findingsOf(
  observed: Observed,
  verdict: Verdict,
): Promise<readonly Finding[]> {
  const { invocations } = observed.check
  const plain = invocations.map((each) => readPlain(observed, verdict, each))
  const known = plain.flatMap((each) => each ?? [])
  // A green command has no findings, unless it is green because it tested nothing.
  if (!isRed(verdict)) return distinct(known.filter(({ rule }) => rule === 'no-tests'))
  if (verdict.end.kind === 'stopped') return [lastWords(verdict)]
  const unread = unreadInvocations(invocations, plain)
  const reported = unread.length === 0 ? [] : await runReports(observed, unread)
  const understood = [...known, ...reported].filter(({ rule }) => rule !== 'unreadable')
  return understood.length > 0 ? distinct(understood) : wordsOf(verdict, invocations)
}

/**
 * A program that we do not know may have started ESLint (`gts lint`): then each finding counts, because the last words of
 * two red runs are often the same, and what is new would pass for what was red before.
 */
function wordsOf(verdict: Verdict, invocations: readonly Invocation[]): readonly Finding[] {
  const rows = invocations.flatMap((each) => stylish(verdict, each) ?? [])
  return rows.length > 0 ? distinct(rows) : [lastWords(verdict)]
}

function readPlain(
  { workspace, check, patch }: Observed,
  verdict: Verdict,
  invocation: Invocation,
): readonly Finding[] | null {
  if (isOneOfMany(check.invocations, invocation)) return null
  const findings = tools[invocation.tool].plain?.(verdict, invocation) ?? null
  const exact = findings?.every(({ file }) => file === null || workspace.read(file, patch) !== null)
  // A path that is not there was printed relative to something we do not know.
  return exact || invocation.tool === 'tsc' ? findings : null
}

/** In several packages at once nobody knows which of them printed a relative path: each is asked by itself. */
function isOneOfMany(all: readonly Invocation[], { tool, directory }: Invocation): boolean {
  const isPlain = isReadable(tool) && tool !== 'eslint'
  return isPlain && all.some((one) => one.tool === tool && one.directory !== directory)
}

/**
 * `eslint . && vitest run` ends at the first red program: those before the one that spoke were green, those after it
 * never ran, so their findings would look new once the first is repaired. That holds for a program that we only know by
 * its exit code, too, where it comes after one that we can read: before it, it is a part of getting there.
 */
function unreadInvocations(
  invocations: readonly Invocation[],
  plain: readonly (readonly Finding[] | null)[],
): readonly Invocation[] {
  const spoke = plain.findLastIndex((each) => each !== null && each.length > 0)
  const first = invocations.findIndex(({ tool }) => isReadable(tool))
  return invocations.filter(
    (one, at) =>
      isOneOfMany(invocations, one) ||
      (at > spoke && (isReadable(one.tool) || (first !== -1 && at > first && runsAlone(one)))),
  )
}

function isReadable(tool: ToolId): boolean {
  return tool !== 'command' && tool !== 'install'
}

/** What a shell would have put in for a variable is not known here. */
function runsAlone({ tool, argv }: Invocation): boolean {
  return tool === 'command' && argv.every((word) => !word.includes('$'))
}

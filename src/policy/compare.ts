import type { Evidence } from '#domain/evidence.ts'
import { isGreen } from '#domain/evidence.ts'
import type { Failure } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import { fingerprint } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Comparison } from '#domain/verdict.ts'

/** `base` is null when the base was not observed; `after` is null when nobody looked again. */
export interface Findings {
  readonly base: readonly Finding[] | null
  readonly before: readonly Finding[]
  readonly after: readonly Finding[] | null
}

/** Compares by fingerprint as a multiset: two equal failures are two, and a line that moved is the same failure. */
export function compare({ base, before, after }: Findings): Comparison {
  const old = intersection(before, base ?? [])
  const targets = difference(before, base ?? [])
  if (after === null) return { ...nothing, preExisting: old, notRun: targets }
  // What is left is first taken to be pre-existing: a fix never gets the credit for somebody else's failure.
  const left = difference(after, old)
  return {
    fixed: difference(targets, left),
    remaining: intersection(targets, left),
    preExisting: old,
    newlyBroken: difference(left, targets),
    notRun: [],
  }
}

/**
 * What was red before us, once `patch` is applied: what the base and the head say, and what only the base says, where the
 * patch left the file alone (S2-10).
 */
export function redBefore(
  { preExisting, hidden = [] }: Pick<Failure, 'preExisting' | 'hidden'>,
  patch: Patch,
): readonly Finding[] {
  const changed = new Set(patch.map(({ path }) => path))
  return [...preExisting, ...hidden.filter(({ file }) => file === null || !changed.has(file))]
}

/**
 * The findings of an observation for comparing. A red check that named none is one finding by itself,
 * so that an exit code is never lost.
 */
export function findingsOf(check: string, of: Evidence): readonly Finding[] {
  if (isGreen(of) || of.findings.length > 0) return of.findings
  const message =
    of.end.kind === 'exited'
      ? 'The command failed.'
      : `The command was stopped by its ${of.end.by} limit.`
  return [
    { tool: 'command', rule: null, file: null, line: null, column: null, subject: check, message },
  ]
}

/** Whether tests that ran before run no more: exit code 0 of nothing proves nothing (fixers.md A5). */
export function hidesTests(before: Evidence, after: Evidence): boolean {
  return ranNothing(after) && !ranNothing(before)
}

function ranNothing({ findings }: Evidence): boolean {
  return findings.some(({ rule }) => rule === 'no-tests')
}

/** Those of `from` that `without` has no counterpart for. */
export function difference(
  from: readonly Finding[],
  without: readonly Finding[],
): readonly Finding[] {
  return pair(from, without).single
}

function intersection(of: readonly Finding[], other: readonly Finding[]): readonly Finding[] {
  return pair(of, other).paired
}

function pair(of: readonly Finding[], other: readonly Finding[]) {
  const counts = new Map<string, number>()
  for (const finding of other) {
    const key = fingerprint(finding)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const single: Finding[] = []
  const paired: Finding[] = []
  for (const finding of of) {
    const count = counts.get(fingerprint(finding)) ?? 0
    if (count > 0) paired.push(finding)
    else single.push(finding)
    counts.set(fingerprint(finding), count - 1)
  }
  return { single, paired }
}

const nothing: Comparison = {
  fixed: [],
  remaining: [],
  preExisting: [],
  newlyBroken: [],
  notRun: [],
}

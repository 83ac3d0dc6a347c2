import type { CheatRule } from '#domain/refusal.ts'

import type { Place, Syntax } from '../syntax.ts'

/** What a detector sees at one place of a script. */
export interface Sign {
  readonly rule: CheatRule
  /** What makes two signs of a rule the same. */
  readonly key: string
  readonly what: string
  /** For what grows by number (a timeout in ms): more is worse. */
  readonly amount?: number
  /** Only worse than a smaller one at the same place: new ones are honest work in source code. */
  readonly onlyWhenGrown?: boolean
}

export type Detector = (place: Place, syntax: Syntax) => Sign | null

/** A sign with the place it was seen at. `holder` is the named thing around it: "Shop.checkout". */
export interface Trace extends Sign {
  readonly holder: string
  readonly file: string
  readonly line: number
}

export interface Traces {
  readonly traces: readonly Trace[]
  /** Names of all things that could hold a trace. */
  readonly holders: ReadonlySet<string>
}

/**
 * The traces of `after` that `before` has no counterpart for: same sign in the same holder, in whatever file.
 * A sign in a renamed holder is the old one: its old holder is gone and the new one was not there.
 */
export function grown(before: Traces, after: Traces): readonly Trace[] {
  const left = [...before.traces]
  const fresh = after.traces.filter((trace) => !take(left, (old) => same(old, trace)))
  return fresh.filter((trace) => {
    if (take(left, (old) => renamed(old, trace, { before, after }))) return false
    if (take(left, (old) => tightened(old, trace))) return false
    return trace.onlyWhenGrown !== true || take(left, (old) => sameSpot(old, trace))
  })
}

function take(from: Trace[], which: (trace: Trace) => boolean): boolean {
  const index = from.findIndex(which)
  if (index >= 0) from.splice(index, 1)
  return index >= 0
}

function sameSpot(one: Trace, other: Trace): boolean {
  return one.rule === other.rule && one.key === other.key && one.holder === other.holder
}

function same(one: Trace, other: Trace): boolean {
  return sameSpot(one, other) && one.amount === other.amount
}

function tightened(old: Trace, now: Trace): boolean {
  return sameSpot(old, now) && (now.amount ?? 0) < (old.amount ?? 0)
}

function renamed(
  old: Trace,
  now: Trace,
  { before, after }: { readonly before: Traces; readonly after: Traces },
): boolean {
  return (
    old.rule === now.rule &&
    old.key === now.key &&
    old.amount === now.amount &&
    !after.holders.has(old.holder) &&
    !before.holders.has(now.holder)
  )
}

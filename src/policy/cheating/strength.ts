import type { Node } from 'oxc-parser'

import type { CheatRule } from '#domain/refusal.ts'

import { shapeOf } from '../shape.ts'
import { placesIn } from '../syntax.ts'
import type { Assertion } from './assertions.ts'
import { valueKeys } from './literals.ts'

export type Weakness = Extract<
  CheatRule,
  'assertion-weakened' | 'assertion-conditional' | 'expectation-changed'
>

export interface Context {
  /** All identifiers that the changed file still uses: a name that is gone was renamed. */
  readonly names: ReadonlySet<string>
  readonly snapshots: boolean
}

/** What makes `now` weaker than `old`, or null when it says at least as much. */
export function weakness(old: Assertion, now: Assertion, context: Context): Weakness | null {
  if (now.guards > old.guards) return 'assertion-conditional'
  if (!sameDirection(old, now) || !sameSubject(old, now)) return 'assertion-weakened'
  if (now.matcher !== old.matcher) return stronger(old, now) ? null : 'assertion-weakened'
  if (context.snapshots && now.matcher.endsWith('Snapshot')) return null
  if (now.expected.length < old.expected.length) return 'assertion-weakened'
  return sameExpected(old, now, context.names) ? null : 'expectation-changed'
}

/** Neither turned round by `not`, nor left hanging without `await`. */
function sameDirection(old: Assertion, now: Assertion): boolean {
  const hangs = now.settled !== '' && old.awaited && !now.awaited
  return now.negated === old.negated && now.settled === old.settled && !hangs
}

/** The subject may be spelt otherwise, but must have the same values and do as much. */
function sameSubject(old: Assertion, now: Assertion): boolean {
  if (callCount(now.subject) < callCount(old.subject)) return false
  return valueKeys(old.subject).join() === valueKeys(now.subject).join()
}

function callCount(nodes: readonly Node[]): number {
  return nodes.flatMap(placesIn).filter(({ node }) => node.type === 'CallExpression').length
}

/** The same syntax; a name may differ only when the old one is used nowhere any more. */
function sameExpected(old: Assertion, now: Assertion, names: ReadonlySet<string>): boolean {
  const [before, after] = [named(old.expected), named(now.expected)]
  return (
    before.shape === after.shape &&
    before.names.every((name, index) => name === after.names[index] || !names.has(name))
  )
}

function named(nodes: readonly Node[]) {
  const names: string[] = []
  const naming = {
    loose: true,
    of: (name: string) => {
      names.push(name)
      return '_'
    },
  }
  return { shape: nodes.map((node) => shapeOf(node, naming)).join(), names }
}

/** Other words for at least the same claim. */
function stronger(old: Assertion, now: Assertion): boolean {
  if (stricter[old.matcher]?.includes(now.matcher) === true) return sameValues(old, now)
  const [expected] = old.expected
  if (expected === undefined || !equalities.has(old.matcher)) return false
  if (now.matcher === 'toHaveLength') return sameValues(old, now)
  const special = specials[shapeOf(expected)]
  return special !== undefined && special === now.matcher
}

function sameValues(one: Assertion, other: Assertion): boolean {
  const [a, b] = [one, other].map(({ expected }) => expected.map((node) => shapeOf(node)).join())
  return a === b
}

const stricter: Readonly<Record<string, readonly string[]>> = {
  toEqual: ['toStrictEqual', 'toBe'],
  toMatchObject: ['toStrictEqual', 'toEqual'],
  equal: ['strictEqual'],
  notEqual: ['notStrictEqual'],
  deepEqual: ['deepStrictEqual'],
  notDeepEqual: ['notDeepStrictEqual'],
}
const equalities = new Set(['toBe', 'toEqual', 'toStrictEqual'])
const specials: Readonly<Record<string, string>> = {
  '["literal",null]': 'toBeNull',
  '["name","undefined"]': 'toBeUndefined',
  '["name","NaN"]': 'toBeNaN',
}

import type { Refusal } from '#domain/refusal.ts'

import type { Assertion } from './assertions.ts'
import type { Context, Weakness } from './strength.ts'
import { weakness } from './strength.ts'
import type { Suite, TestCase } from './tests.ts'

/** Every test of `before` must still be there and claim at least as much. */
export function weakenedTests(before: Suite, after: Suite, context: Context): readonly Refusal[] {
  const left = [...after.tests]
  const exact = before.tests.map((test) => ({
    test,
    now: take(left, ({ name }) => name === test.name),
  }))
  const all = exact.map(({ test, now }) => ({
    test,
    now: now ?? take(left, ({ title }) => title === test.title),
  }))
  return [
    ...all.flatMap(({ test, now }) =>
      now === null ? [deleted(test)] : weaker(test, now, context),
    ),
    ...lost(before.loose, after.loose, context),
  ]
}

function weaker(old: TestCase, now: TestCase, context: Context): readonly Refusal[] {
  const name = `"${old.title}"`
  if (now.guards > old.guards)
    return [
      refuse('assertion-conditional', now, `The test ${name} is only reached under a condition.`),
    ]
  if (now.rows !== null && now.rows < (old.rows ?? 0))
    return [refuse('assertion-lost', now, `The test ${name} loses rows of its table.`)]
  if (old.assertions.length === 0 && now.calls < old.calls)
    return [refuse('assertion-lost', now, `The test ${name} does less than before.`)]
  return lost(old.assertions, now.assertions, context)
}

/** Pairs equal assertions first, then each remaining one with whatever is at least as strong. */
function lost(
  before: readonly Assertion[],
  after: readonly Assertion[],
  context: Context,
): readonly Refusal[] {
  const left = [...after]
  const strong = (old: Assertion) => (now: Assertion) => weakness(old, now, context) === null
  const unpaired = before
    .filter((old) => !take(left, (now) => now.shape === old.shape && strong(old)(now)))
    .filter((old) => !take(left, strong(old)))
  return unpaired.map((old) => {
    const now = take(left, ({ shape }) => shape === old.shape) ?? left.shift()
    const reason = now && weakness(old, now, context)
    return now && reason ? refuse(reason, now, sentences[reason]) : gone(old)
  })
}

function take<Item>(from: Item[], which: (item: Item) => boolean): Item | null {
  const index = from.findIndex(which)
  return index < 0 ? null : (from.splice(index, 1)[0] ?? null)
}

function deleted(test: TestCase): Refusal {
  return refuse('test-deleted', test, `The test "${test.title}" is gone.`)
}

function gone(assertion: Assertion): Refusal {
  return refuse('assertion-lost', assertion, `An assertion with \`${assertion.matcher}\` is gone.`)
}

function refuse(
  rule: Refusal['rule'],
  { file, line }: { readonly file: string; readonly line: number },
  what: string,
): Refusal {
  return { rule, file, line, what }
}

const sentences: Record<Weakness, string> = {
  'assertion-weakened': 'An assertion claims less than before.',
  'assertion-conditional': 'An assertion is only reached under a condition.',
  'expectation-changed': 'An assertion expects something else than before.',
}

import { describe, expect, test } from 'vitest'

import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import type { Change } from '#ports/hosting.ts'
import { weighCulprits } from '#steps/weigh-culprits.ts'

import {
  culpritContext,
  culpritOf,
  memoryCulprits,
  minutesAfter,
  pullOf,
} from '../support/culprit-world.ts'
import { memoryStore } from '../support/fix-world.ts'

const [one, two] = [culpritOf(1), culpritOf(2)]

interface Given {
  readonly change?: Partial<Change>
  readonly told?: Parameters<typeof memoryCulprits>[0]
  readonly minutes?: number
  readonly rules?: object
  readonly more?: object
}

async function weigh({ change = {}, told = {}, minutes = 60, rules = {}, more = {} }: Given) {
  const { store, entries } = memoryStore()
  const step = weighCulprits({
    changes: { behind: () => Promise.resolve({ author: null, pull: null, ...change }) },
    culprits: memoryCulprits(told).culprits,
    clock: { now: () => minutesAfter(minutes) },
    store,
  })
  const configuration = repositoryConfiguration.parse({ culprit: rules })
  const given = { culprits: [one, two], configuration, ...more }
  const outcome = await step.run(step.input.parse(given), culpritContext().context)
  return { outcome, kept: entries.map(({ data }) => data) }
}

describe('proved culprits', () => {
  test('may be taken back where nobody objects, with how and how many', async () => {
    const { outcome, kept } = await weigh({ rules: { 'fix-forward-minutes': 7 } })
    expect(outcome).toMatchObject({
      outputs: { culprits: [one, two], deaf: [], patience: 7, publish: true, most: 3 },
    })
    expect(kept).toEqual([])
  })

  test.each<[string, string, Given]>([
    ['what landed long ago', 'too long ago', { minutes: 60 * 25 }],
    ['the sixth of a day', 'within 24 hours', { told: { today: 5 } }],
    [
      'what somebody who may write labelled',
      'asks that nobody',
      { change: { pull: pullOf('read', { 'no-auto-revert': 'write' }) } },
    ],
    [
      'what a protected author brought',
      'only a human',
      { change: { pull: pullOf('write') }, rules: { 'protected-authors': ['rosa'] } },
    ],
  ])('are left alone where it is %s', async (_what, words, given) => {
    const { outcome, kept } = await weigh(given)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'not-revertible' })
    expect(outcome.kind === 'failed' && outcome.detail).toContain(words)
    expect(kept).toHaveLength(2)
  })

  test('are weighed each by itself', async () => {
    const { outcome, kept } = await weigh({ told: { before: [one.commit.sha] } })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { culprits: [two] } })
    expect(kept).toMatchObject([{ kept: { sha: one.commit.sha, because: 'proposed-before' } }])
  })

  test('asked again when all is made, stop it where one of them has to stay', async () => {
    const told = { before: [one.commit.sha] }
    const { outcome } = await weigh({ told, more: { 'all-or-none': true } })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'not-revertible' })
  })

  test.each<[string, Change['pull'], readonly string[]]>([
    ['somebody pushed, who could write', null, []],
    ['somebody brought who may write', pullOf('write'), []],
    [
      'a stranger brought, whoever the commit names as its author',
      pullOf('read'),
      [one, two].map((c) => c.commit.sha),
    ],
    [
      'a ghost brought',
      { number: 4, author: null, labels: [] },
      [one, two].map((c) => c.commit.sha),
    ],
  ])('that %s are heard or not: a trailer is', async (_who, pull, deaf) => {
    const author = { login: 'maria', role: 'admin' }
    expect((await weigh({ change: { author, pull } })).outcome).toMatchObject({ outputs: { deaf } })
  })

  test.each([
    ['security', true],
    ['chore', false],
  ])('whose pull request bears the label %s are for a human: %s', async (label, sensitive) => {
    const { outcome } = await weigh({ change: { pull: pullOf('write', { [label]: 'read' }) } })
    expect(outcome).toMatchObject({ outputs: { sensitive, pulls: [4, 4] } })
  })
})

import { describe, expect, test } from 'vitest'

import type { FixFact } from '#domain/fix-fact.ts'
import type { Hosted } from '#domain/hosted.ts'
import { concludeRun } from '#steps/conclude-run.ts'
import { openOrForsake } from '#steps/leave-branch.ts'
import { record } from '#steps/record.ts'

import {
  hosted,
  hostedContext,
  memoryHosting,
  secondRound,
  storeOf,
} from '../support/hosted-world.ts'
import { memoryLedger } from '../support/ledger-world.ts'

const branch = 'auto-fix/1-types'
const url = 'https://github.example/9'
const commit = (sha: string): FixFact => ({ kind: 'commit', sha, check: 'types', branch })

interface Ended {
  readonly facts: readonly FixFact[]
  readonly given?: object
  readonly hosted?: Partial<Hosted>
}

/** The branches that a run takes away when it ends. */
async function takenAway({ facts, given = {}, hosted = {} }: Ended) {
  const world = memoryHosting()
  const store = storeOf()
  for (const [at, fact] of facts.entries())
    await record(store, { runId: 'run_1', key: String(at) }, fact)
  const repositories = {
    diff: () => Promise.resolve(''),
    read: async () => null,
    release: async () => undefined,
  }
  const { ledger } = memoryLedger()
  const step = concludeRun({ ...world.hosting, ...ledger, store, repositories, coder: null })
  const nothing = { reason: null, detail: null, number: null, url: null, verdict: null }
  const left = { failed: null, next: null, place: null, patch: null }
  const input = step.input.parse({ ...nothing, ...left, ...given })
  await step.run(input, hostedContext(hosted).context)
  return world.forsaken
}

describe('a branch that a run wrote', () => {
  test('goes with the run where it could not be proposed', async () => {
    const given = { reason: 'head-moved', detail: '' }
    expect(await takenAway({ facts: [commit('a1'), commit('b2')], given })).toEqual([
      { branch, headSha: 'b2' },
    ])
  })

  test.each<[string, Ended]>([
    ['is proposed', { facts: [commit('a1')], given: { number: 9, url } }],
    [
      'has a pull request on record, though its phase broke',
      {
        facts: [commit('a1'), { kind: 'pull-request', number: 9, url }],
        given: { reason: 'timed-out', detail: '' },
      },
    ],
    [
      'is that of an earlier round',
      {
        facts: [commit('a1')],
        given: { reason: 'taken-over', detail: '' },
        hosted: { round: secondRound },
      },
    ],
    ['was never written', { facts: [], given: { reason: 'flaky', detail: '' } }],
  ])('stays where it %s', async (_where, ended) => {
    expect(await takenAway(ended)).toEqual([])
  })
})

const unanswered = () => Promise.reject(new Error('Server Error'))

test('a branch that is there for one pull request goes where that cannot be opened, which is told', async () => {
  const { hosting, forsaken } = memoryHosting()
  const wanted = { head: branch, base: 'main', title: 'types', body: '', labels: [] }
  const opened = openOrForsake({ ...hosting.pullRequests, open: unanswered }, hosted.repository, {
    wanted,
    headSha: 'a1',
  })

  await expect(opened).rejects.toThrow('Server Error')
  expect(forsaken).toEqual([{ branch, headSha: 'a1' }])
})

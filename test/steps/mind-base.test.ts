import { describe, expect, test } from 'vitest'

import { event } from '#domain/event.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import type { FailureReason } from '#domain/outcome.ts'
import { claimKey } from '#policy/admission.ts'
import { concludeRun } from '#steps/conclude-run.ts'
import { mindBase } from '#steps/mind-base.ts'
import { record } from '#steps/record.ts'

import { findingOf, said } from '../support/fix-world.ts'
import { hostedContext, memoryHosting, storeOf } from '../support/hosted-world.ts'
import { memoryLedger, proposalOf } from '../support/ledger-world.ts'

const tip = 'e'.repeat(40)
const setAside = (reason: FailureReason): FixFact => ({
  kind: 'set-aside',
  setAside: { check: 'test', reason, detail: '', evidence: null },
})

interface Given {
  readonly fact?: FixFact
  readonly base?: string | null
  readonly next?: string | null
  readonly verdict?: 'green' | 'red'
}

/** A host on which `main` stands at the tip, and pull requests that are red as `main` is. */
function world() {
  const { ledger } = memoryLedger({ known: [proposalOf({ number: 12 })] })
  return async function mind(runId: string, given: Given = {}) {
    const {
      fact = setAside('all-pre-existing'),
      base = 'main',
      next = null,
      verdict = 'red',
    } = given
    const store = storeOf()
    await record(store, { runId, key: 'test' }, fact)
    const { context, notes } = hostedContext()
    const step = mindBase({
      ...ledger,
      store: { audit: () => store.audit() },
      branches: { tip: () => Promise.resolve(tip) },
      checkRuns: {
        verdict: () =>
          Promise.resolve(
            verdict === 'red' ? { kind: verdict, failed: ['test'] } : { kind: verdict },
          ),
      },
    })
    const at = { ...context, runId, event: { ...context.event, base } }
    const outcome = await step.run(step.input.parse({ next }), at)
    return { outputs: outcome.kind === 'done' ? outcome.outputs : {}, ledger, notes }
  }
}

describe('a pull request that is red as its base is', () => {
  test('has the base repaired: the same task, at the tip of the base', async () => {
    const mind = world()
    const { outputs, notes } = await mind('run_1')
    expect(event.parse(outputs['next'])).toMatchObject({
      kind: 'checks-failed',
      ref: tip,
      base: null,
      hosted: { branch: 'main', headSha: tip, pullRequest: null, failed: ['test'] },
    })
    expect(outputs['base']).toMatchObject({ kind: 'red', runId: 'run_1.2', proposals: [12] })
    expect(notes.join()).toContain('repaired there, once')
  })

  test('that is the second of many only says who looks after it', async () => {
    const mind = world()
    await mind('run_1')
    const { outputs } = await mind('run_2')
    expect(outputs).toMatchObject({ base: { kind: 'red', runId: 'run_1.2' }, next: null })
  })

  test('says so where the base itself was heard of first', async () => {
    const mind = world()
    const { ledger } = await mind('run_0', { base: null })
    const key = claimKey(11, { branch: 'main', sha: tip, by: 'checks' })
    await ledger.claims.take({ key, runId: 'run_main', taskId: 't' })
    const { outputs } = await mind('run_1')
    expect(outputs).toMatchObject({ base: { runId: 'run_main' }, next: null })
  })

  test('is to be brought up to date where the base is green again', async () => {
    const { outputs } = await world()('run_1', { verdict: 'green' })
    expect(outputs).toMatchObject({ base: { kind: 'green-again' }, next: null })
  })

  test.each<[string, Given]>([
    ['what is red is its own', { fact: setAside('sandbox-limit') }],
    ['it is no pull request', { base: null }],
    ['another run goes on with the task', { next: 'a round' }],
    [
      'its own check is red here',
      {
        fact: {
          kind: 'check',
          name: 'test',
          command: 'node --test',
          origin: 'package-script',
          evidence: said(findingOf('node-test', 'a.js', 'x')),
        },
      },
    ],
  ])('is no business of the base where %s', async (_where, given) => {
    expect((await world()('run_1', given)).outputs).toEqual({ base: null, next: null })
  })
})

test('the pull request is told that it is not its own, and who looks after it', async () => {
  const host = memoryHosting()
  const { ledger } = memoryLedger()
  const repositories = {
    diff: () => Promise.resolve(''),
    read: () => Promise.resolve(null),
    release: () => Promise.resolve(),
  }
  const step = concludeRun({
    ...host.hosting,
    ...ledger,
    coder: null,
    store: storeOf(),
    repositories,
  })
  const base = { branch: 'main', sha: tip, kind: 'red', runId: 'run_1.2', proposals: [12] }
  const none = {
    number: null,
    url: null,
    verdict: null,
    failed: null,
    next: null,
    place: null,
    patch: null,
  }
  const input = step.input.parse({ reason: null, detail: null, ...none, base })
  await step.run(input, hostedContext().context)

  expect(host.shown[0]?.title).toBe('main is red too, and repaired there')
  expect(host.comments[0]?.body).toContain('repaired there, once')
  expect(host.comments[0]?.body).toContain('#12')
})

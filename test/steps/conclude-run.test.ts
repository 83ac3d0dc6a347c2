import { describe, expect, test } from 'vitest'

import type { Hosted } from '#domain/hosted.ts'
import type { Coder } from '#ports/coder.ts'
import type { PullRequestHead } from '#ports/hosting.ts'
import { concludeRun } from '#steps/conclude-run.ts'

import { headPlace } from '../support/fix-world.ts'
import {
  head,
  hosted,
  hostedContext,
  memoryHosting,
  secondRound,
  storeOf,
} from '../support/hosted-world.ts'
import { memoryLedger } from '../support/ledger-world.ts'

interface Around {
  readonly atHead?: PullRequestHead | null
  readonly coder?: Coder | null
  readonly reason?: string
}

const someModel: Coder = { id: 'fake', code: () => Promise.reject(new Error('not asked')) }

async function conclude(
  given: object,
  more: Partial<Hosted> = {},
  { atHead = null, coder = null }: Around = {},
) {
  const world = memoryHosting({ kind: 'green' }, [], atHead)
  const { ledger, ...told } = memoryLedger()
  const released: string[] = []
  const repositories = {
    diff: () => Promise.resolve('--- a/a.ts\n+++ b/a.ts\n'),
    read: () => Promise.resolve('one\ntow\n'),
    release: async (runId: string) => void released.push(runId),
  }
  const ports = { ...world.hosting, ...ledger, store: storeOf(), repositories, coder }
  const step = concludeRun(ports)
  const proposal = { number: null, url: null, verdict: null, failed: null, next: null }
  const nothing = { reason: null, detail: null, ...proposal }
  const fixed = { place: headPlace, patch: [{ path: 'a.ts', content: 'one\ntwo\n' }] }
  await step.run(step.input.parse({ ...nothing, ...fixed, ...given }), hostedContext(more).context)
  return { ...world, ...told, released }
}

describe('the end of a run', () => {
  test('says why there is no fix, and what to do about it', async () => {
    const { shown, comments } = await conclude({ reason: 'flaky', detail: 'test: @octocat [x](y)' })

    expect(shown).toMatchObject([{ externalId: 'run_1', conclusion: 'neutral' }])
    expect(comments[0]?.body).toContain('What you can do')
    expect(comments[0]?.body).not.toContain('@octocat')
    expect(comments[0]?.body).not.toContain('[x](y)')
  })

  test('says the same on the check run and in the comment', async () => {
    const { shown, comments } = await conclude({ reason: 'budget-spent', detail: '' })
    expect(comments[0]?.body.endsWith(`\n${shown[0]?.summary}`)).toBe(true)
  })

  test('leaves no files behind', async () => {
    expect((await conclude({})).released).toEqual(['run_1'])
  })

  test('names the pull request', async () => {
    const { shown } = await conclude({ number: 9, url: 'https://github.example/9' })
    expect(shown[0]?.title).toBe('Repaired: pull request #9')
  })

  test('is told on a pull request that was opened while the run went on', async () => {
    const opened = { ...head, number: 12 }
    const { comments } = await conclude({}, { pullRequest: null }, { atHead: opened })
    expect(comments).toMatchObject([{ issue: 12 }])
  })

  const onIssue = { pullRequest: null, asked: { issue: 7, comment: null } }
  test.each<[string, Partial<Hosted>, Around, boolean]>([
    ['an issue, and no model is set', onIssue, {}, true],
    ['an issue, and a model is set', onIssue, { coder: someModel }, false],
    ['an issue, but a check is flaky', onIssue, { reason: 'flaky' }, false],
    ['a pull request', { asked: onIssue.asked }, {}, false],
  ])('says what a described bug needs where nothing is red on %s', async (...given) => {
    const [, hosted, around, isSaid] = given
    const { comments } = await conclude(
      { reason: around.reason ?? null, detail: '' },
      hosted,
      around,
    )
    expect(comments[0]?.body.includes('CODER_PROVIDER')).toBe(isSaid)
  })

  test('is shown on the check run alone where nobody else is to be told', async () => {
    const { shown, comments } = await conclude({}, { pullRequest: null })
    expect([shown.length, comments.length]).toEqual([1, 0])
  })

  test('shows the fix as a patch where the branch stands in a fork, and only there', async () => {
    const [fork, own] = [await conclude({}, { isFork: true }), await conclude({})]
    expect(fork.comments[0]?.body).toContain('```diff\n--- a/a.ts')
    expect(own.comments[0]?.body).not.toContain('--- a/a.ts')
  })

  test('suggests the fix on the lines of a fork’s pull request where all of it lies on lines shown there', async () => {
    const fits = await conclude({}, { isFork: true })
    const patch = [{ path: 'b.ts', content: 'one\ntwo\n' }]
    const doesNot = await conclude({ patch }, { isFork: true })

    expect(fits.reviews).toMatchObject([
      {
        headSha: hosted.headSha,
        comments: [{ path: 'a.ts', from: 2, to: 2, body: '```suggestion\ntwo\n```' }],
      },
    ])
    expect(fits.comments[0]?.body).toContain('suggested on the lines themselves')
    expect(doesNot.reviews).toEqual([])
    expect(doesNot.comments[0]?.body).not.toContain('suggested')
  })

  test.each(['secret-found', 'head-moved', 'cheating'] as const)(
    'shows a fork nothing of a fix that may not be published: %s',
    async (reason) => {
      const { comments, reviews } = await conclude({ reason, detail: '' }, { isFork: true })
      expect([comments[0]?.body.includes('--- a/a.ts'), reviews]).toEqual([false, []])
    },
  )

  const proposed = { number: 9, url: 'https://github.example/9' }

  test('where another round follows leaves the check run open, and hands on what the task holds', async () => {
    const { shown, passedOn, ended } = await conclude({
      ...proposed,
      verdict: 'red',
      failed: ['smoke'],
      next: {},
    })
    expect(shown).toMatchObject([
      { conclusion: null, title: 'Round 1 of 5 ended: #9 is proposed, and its checks are red' },
    ])
    expect(shown[0]?.summary).toContain('`smoke`')
    expect([passedOn, ended]).toEqual([['run_1.2'], []])
  })

  test('of a later round is shown on the check run of the first', async () => {
    const { shown } = await conclude({ ...proposed, verdict: 'green' }, { round: secondRound })
    expect(shown).toMatchObject([{ externalId: 'run_0', headSha: hosted.headSha }])
    expect(shown[0]?.summary).toContain('### Round 1')
  })

  test.each(['rounds-spent', 'same-failure', 'no-fix-found', 'not-reproducible'] as const)(
    'says in the pull request, the comment and the check run that it is left to a human: %s',
    async (reason) => {
      const { shown, advanced, comments, ended } = await conclude(
        { reason, detail: '' },
        { round: secondRound },
      )
      expect(advanced).toMatchObject([{ number: 9, labels: ['needs-human'] }])
      expect(advanced[0]?.body).toContain('stays a draft and needs a human')
      expect(shown[0]?.title).toContain('#9 is proposed and needs a human')
      expect(comments[0]?.body).toContain('What you can do')
      expect([shown[0]?.conclusion, ended]).toEqual(['neutral', ['unfixed']])
    },
  )

  test('of a run whose branch moved on is neutral and counts as no try', async () => {
    const { shown, ended } = await conclude({ reason: 'head-moved', detail: '' })
    expect([shown[0]?.conclusion, ended]).toEqual(['neutral', ['stood-down']])
  })

  test('of a proposal that somebody took over is said there once, and its body is theirs', async () => {
    const { comments, advanced, givenUp } = await conclude(
      { reason: 'taken-over', detail: '' },
      { round: secondRound },
    )
    expect(comments[0]).toMatchObject({ issue: 9 })
    expect(comments[0]?.body).toContain('theirs now')
    expect([advanced, givenUp]).toEqual([[], [[9, 'taken-over']]])
  })
})

import { describe, expect, test } from 'vitest'

import { announceRun } from '#steps/announce-run.ts'
import { openPullRequest } from '#steps/open-pull-request.ts'
import { record } from '#steps/record.ts'

import { contextOf, repairOf } from '../support/fix-world.ts'
import {
  hosted,
  hostedContext,
  memoryHosting,
  secondRound,
  storeOf,
} from '../support/hosted-world.ts'
import { memoryLedger, proposalOf } from '../support/ledger-world.ts'

describe('a run that a failed check started', () => {
  const begun: string[] = []
  const repositories = { mirrorAhead: (origin: string) => void begun.push(origin) }

  test('is announced on the commit and on its pull request, while its repository is on its way', async () => {
    const world = memoryHosting()
    const { context } = hostedContext()
    await announceRun({ ...world.hosting, repositories }).run({}, context)

    expect(begun).toEqual([context.event.repository])
    expect(world.shown).toMatchObject([
      { headSha: hosted.headSha, externalId: 'run_1', conclusion: null },
    ])
    expect(world.comments).toMatchObject([{ issue: 5 }])
    expect(world.acknowledged).toEqual([])
  })

  test('puts eyes on the comment that asked for it, and answers there where no pull request is', async () => {
    const world = memoryHosting()
    const asked = { issue: 3, comment: 44 }
    const { context } = hostedContext({ asked, pullRequest: null })
    await announceRun({ ...world.hosting, repositories }).run({}, context)

    expect(world.acknowledged).toEqual([44])
    expect(world.comments).toMatchObject([{ issue: 3 }])
  })

  test('cannot be announced when nobody knows where', async () => {
    const announce = announceRun({ ...memoryHosting().hosting, repositories })
    await expect(announce.run({}, contextOf().context)).rejects.toThrow('fix-requested')
  })
})

describe('a branch with a fix', () => {
  const input = {
    branch: 'auto-fix/1-types',
    head: 'd'.repeat(40),
    delivered: true,
    title: 'types',
    failure: 'types',
    supersedes: [],
  }

  async function open(given: object = {}, more: object = {}, risk: 'safe' | 'review' = 'safe') {
    const world = memoryHosting()
    const store = storeOf()
    const repair = { ...repairOf('types', [{ path: 'a.ts', content: 'x' }]), risk }
    await record(store, { runId: 'run_1', key: 'types' }, { kind: 'repair', repair })
    const { context, notes } = hostedContext(more)
    const known = [proposalOf({ number: 4, branch: 'auto-fix/0-types' })]
    const { ledger, saved, givenUp } = memoryLedger({ known })
    const step = openPullRequest({ ...world.hosting, ...ledger, store })
    const outcome = await step.run(step.input.parse({ ...input, ...given }), context)
    return { ...world, outcome, notes, saved, givenUp, facts: await store.audit() }
  }

  test('is proposed against the branch that is red, with its evidence, and put on record', async () => {
    const { opened, outcome, facts } = await open()

    expect(opened).toMatchObject([
      { head: 'auto-fix/1-types', base: 'topic', title: 'fix: types', labels: ['auto-fix'] },
    ])
    expect(opened[0]?.body).toContain('Repaired types')
    expect(opened[0]?.body).toContain('exit 1 → exit 0')
    expect(outcome).toMatchObject({ outputs: { number: 9, needsHuman: false } })
    expect(facts.map(({ type }) => type)).toContain('fix-pull-request')
  })

  test('takes the place of older ones', async () => {
    const { superseded, left, givenUp } = await open({ supersedes: [3, 4, 9] })
    expect(superseded).toEqual([3, 4])
    expect(givenUp.map(([number]) => number)).toEqual([3, 4])
    expect(left).toMatchObject([null, { branch: 'auto-fix/0-types', headSha: 'c'.repeat(40) }])
  })

  test('is on record with the commit that we left it at, and with its failure', async () => {
    expect((await open()).saved).toMatchObject([
      { number: 9, branch: 'auto-fix/1-types', base: 'topic', headSha: 'd'.repeat(40) },
    ])
  })

  test('in a later round is advanced in place, with what each round measured', async () => {
    const { opened, advanced, outcome } = await open({}, { round: secondRound })
    expect(opened).toEqual([])
    expect(advanced).toMatchObject([{ number: 9, labels: ['auto-fix'] }])
    expect(advanced[0]?.body).toMatch(/### Round 1[^]*### Round 2/)
    expect(outcome).toMatchObject({ outputs: { number: 9, headSha: 'd'.repeat(40) } })
  })

  test('closes the issue that asked for it', async () => {
    const { opened } = await open({}, { asked: { issue: 3, comment: null } })
    expect(opened[0]?.body).toContain('Fixes #3')
  })

  test('waits for a human where the repair has to be looked at', async () => {
    const { opened, outcome } = await open({}, {}, 'review')
    expect(opened[0]?.body).toContain('draft until a human decides')
    expect(outcome).toMatchObject({ outputs: { needsHuman: true } })
  })

  test.each([
    ['of a fork', {}, { isFork: true }],
    ['that was not delivered', { delivered: false }, {}],
  ])('%s is proposed nowhere', async (_which, given, more) => {
    const { opened, outcome } = await open(given, more)
    expect(opened).toEqual([])
    expect(outcome).toMatchObject({ kind: 'done', outputs: { number: null } })
  })
})

import { describe, expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { CiClaim, CiReport, CiState } from '#domain/ci.ts'
import type { JobWork } from '#ports/checks.ts'
import { hearCi } from '#steps/hear-ci.ts'
import { holdAgainstCi } from '#steps/hold-against-ci.ts'
import { triage } from '#steps/triage.ts'

import { ciClaimOf, ciReportOf } from '../support/ci-world.ts'
import { checkOf, findingOf, headPlace, memoryStore, said } from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'

const cancelled = ciReportOf({ check: 'e2e', conclusion: 'cancelled' })
const lost = ciReportOf({
  check: 'build',
  annotations: [
    {
      path: '.github',
      line: 1,
      level: 'failure',
      message: 'The hosted runner: x lost communication with the server',
    },
  ],
})

async function hear(state: Partial<CiState>) {
  const world = memoryStore()
  const ci = {
    state: () => Promise.resolve({ failed: [], unread: [], unfinished: [], ...state }),
  }
  const { context, notes } = hostedContext()
  const outcome = await hearCi({ ci, store: world.store }).run({}, context)
  return { outcome, notes, entries: world.entries }
}

describe('hearing what CI says', () => {
  test('puts GitHub’s answer on record, word for word', async () => {
    const report = ciReportOf({ title: 'Two problems', summary: 'Look' })
    const { outcome, entries } = await hear({ failed: [report], unfinished: ['test'] })

    expect(entries.map(({ data }) => data)).toEqual([{ kind: 'ci-report', report, trouble: null }])
    expect(outcome).toMatchObject({ outputs: { reports: [report], unfinished: ['test'] } })
  })

  test.each([
    ['a cancelled check', [cancelled], 'ci-cancelled'],
    ['a lost machine', [lost], 'ci-machine'],
    ['several of them', [cancelled, lost], 'ci-machine'],
  ] as const)('ends the run for %s, and says so', async (_which, failed, reason) => {
    const { outcome } = await hear({ failed })
    expect(outcome).toMatchObject({ kind: 'failed', reason })
    expect(outcome).toHaveProperty('detail', expect.stringContaining(`${failed[0].check}: `))
  })

  test.each([
    ['something else is red', { failed: [cancelled, ciReportOf({})] }],
    ['something has not ended', { failed: [cancelled], unfinished: ['test'] }],
    ['more is red than was read', { failed: [cancelled], unread: ['test'] }],
    ['nothing is red', {}],
  ])('goes on where %s', async (_which, state) => {
    expect((await hear(state)).outcome.kind).toBe('done')
  })
})

const checks = [checkOf('lint', 'eslint'), checkOf('types', 'tsc')]
const unused = findingOf('eslint', 'src/auth.ts', 'x is unused')

async function weigh(reports: readonly CiReport[], work: readonly JobWork[]) {
  const world = memoryStore()
  const step = triage({
    repositories: { checkout: () => Promise.resolve('/s') },
    checks: { behind: (_source, _checks, jobs) => Promise.resolve(work.slice(0, jobs.length)) },
    logs: { findings: (text) => (text === '' ? [] : [unused]) },
    store: world.store,
  })
  const given = { place: headPlace, checks, beside: [], reports, unread: [], unfinished: [] }
  const outcome = await step.run(step.input.parse(given), hostedContext().context)
  return { outcome, ...world }
}

describe('weighing what is red', () => {
  test('looks at the checks of the red job first, and leaves the others to the proof', async () => {
    const log = { kind: 'read', command: 'npm run lint', exitCode: 1, text: 'a' } as const
    const { outcome, tasks, entries } = await weigh(
      [ciReportOf({ log })],
      [{ checks: ['lint'], unreachable: [] }],
    )

    expect(outcome).toMatchObject({
      outputs: {
        checks: [{ name: 'lint' }],
        beside: [{ name: 'types' }],
        claims: [{ checks: ['lint'], findings: [unused] }],
        severity: 'medium',
        priority: 7,
      },
    })
    expect(tasks).toMatchObject([
      { title: 'make lint green again', severity: 'medium', filePaths: ['src/auth.ts'] },
    ])
    expect(entries.at(-1)?.data).toMatchObject({ checks: [{ check: 'lint', notOurs: null }] })
  })

  test.each([
    ['cannot be run here', ciReportOf({}), 'not-run-here'],
    ['was cancelled', ciReportOf({ conclusion: 'cancelled' }), 'cancelled'],
  ] as const)('says that what %s is not ours', async (_which, report, notOurs) => {
    const { entries } = await weigh([report], [{ checks: [], unreachable: ['e2e: no'] }])
    expect(entries.at(-1)?.data).toMatchObject({ checks: [{ notOurs }] })
  })

  test('looks at everything, without a weight, where nothing is red in CI', async () => {
    const { outcome, tasks } = await weigh([], [])
    expect(outcome).toMatchObject({ outputs: { checks, beside: [], severity: null } })
    expect(tasks).toEqual([])
  })
})

const lint = checkOf('lint', 'eslint')
const red = (check: Check) => ({
  check,
  evidence: said(unused),
  targets: [unused],
  preExisting: [],
})

async function hold(claims: readonly CiClaim[], seen: object) {
  const world = memoryStore()
  const step = holdAgainstCi({ store: world.store })
  const given = { claims, failures: [], setAside: [], greens: [], ...seen }
  const { context, notes } = hostedContext()
  const outcome = await step.run(step.input.parse(given), context)
  return { outcome, notes, facts: world.entries.map(({ data }) => data) }
}

describe('holding it against what was seen here', () => {
  test('tells that CI was right', async () => {
    const { outcome, facts, notes } = await hold([ciClaimOf({ findings: [unused] })], {
      failures: [red(lint)],
    })
    expect(outcome.kind).toBe('done')
    expect(facts).toMatchObject([{ kind: 'ci-comparison', comparison: { match: 'same' } }])
    expect(notes).toEqual(['lint: the same here'])
  })

  test('ends the run where nothing of it could be reproduced, and says why for each check', async () => {
    const { outcome } = await hold(
      [
        ciClaimOf({}),
        ciClaimOf({ checks: [], unreachable: ['e2e: It needs services beside it.'] }),
      ],
      { greens: [{ check: lint, evidence: said() }] },
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'not-reproducible' })
    expect(outcome).toHaveProperty(
      'detail',
      'lint: not reproducible here: each of its commands is green\n' +
        'lint: not reproducible here: not all of it can be run here: e2e: It needs services beside it.',
    )
  })

  test.each([
    ['CI says nothing', [], {}],
    ['only a machine failed beside it', [ciClaimOf({ trouble: 'cancelled' })], {}],
    [
      'something was red here and is not ours',
      [ciClaimOf({})],
      { setAside: [{ check: 'lint', reason: 'flaky', detail: '', evidence: null }] },
    ],
  ] as const)('goes on where %s', async (_which, claims, seen) => {
    expect((await hold(claims, seen)).outcome.kind).toBe('done')
  })
})

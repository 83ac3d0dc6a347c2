import { describe, expect, test } from 'vitest'

import type { Event } from '#domain/event.ts'
import type { HubEvent } from '#domain/hub-event.ts'

import { handled } from '../src/app-handlers.ts'
import { hubHandlers, type HubParts } from '../src/app-hub.ts'
import { memoryHosting } from './support/hosted-world.ts'
import { checkFailed, deploymentReported, fixAsked, hubPull } from './support/hub-events.ts'
import { memoryLedger, proposalOf } from './support/ledger-world.ts'

function heed(parts: HubParts, event: HubEvent): Promise<string> {
  return handled(event, hubHandlers(parts))
}

/** Everything around the door, in memory: claims, a host, and an engine that starts a run once per id. */
function world(
  more: Partial<HubParts> = {},
  role = 'write',
  { ledger }: Pick<ReturnType<typeof memoryLedger>, 'ledger'> = memoryLedger(),
) {
  const runs = new Map<string, Event>()
  const signals: unknown[][] = []
  const { hosting } = memoryHosting()
  const parts: HubParts = {
    engine: {
      async start(id, _workflow, event) {
        if (!runs.has(id)) runs.set(id, event)
      },
      signal: async (...given) => void signals.push(given),
      cancel: async () => undefined,
    },
    ...ledger,
    hosting: {
      ...hosting,
      people: { roleOf: () => Promise.resolve(role), isInTeam: async () => false },
    },
    startedBy: () => ['auto-fix-on-github'],
    stops: { of: async () => null },
    enabled: true,
    shadow: false,
    coder: false,
    webUrl: 'https://github.example',
    ...more,
  }
  return { parts, runs: () => [...runs.values()], signals }
}

describe('a check that failed', () => {
  test('starts one run for its commit, however many checks and deliveries tell of it', async () => {
    const { parts, runs } = world()
    const notes = [
      await heed(parts, checkFailed({ pulls: [hubPull()] })),
      await heed(parts, checkFailed({ pulls: [hubPull()] })),
      await heed(parts, checkFailed({ pulls: [hubPull()], check: { id: 4, name: 'lint' } })),
    ]

    expect(runs()).toMatchObject([
      {
        kind: 'checks-failed',
        repository: 'https://github.example/octo/kiosk.git',
        ref: 'b'.repeat(40),
        base: 'main',
        publish: true,
        hosted: { branch: 'topic', pullRequest: 5, failed: ['test'], asked: null },
      },
    ])
    expect(notes[0]).toMatch(/^started run_/)
    expect(notes[1]).toMatch(/is about this already$/)
  })

  test('on another commit of the branch starts another run', async () => {
    const { parts, runs } = world()
    const head = { sha: 'd'.repeat(40), branch: 'topic', repositoryId: 11 }
    await heed(parts, checkFailed())
    await heed(parts, checkFailed({ head }))
    expect(runs()).toHaveLength(2)
  })

  test('on a branch of ours starts nothing', async () => {
    const { parts, runs } = world()
    const head = { sha: 'd'.repeat(40), branch: 'auto-fix/1-types', repositoryId: 11 }
    expect(await heed(parts, checkFailed({ head }))).toMatch(/one of ours/)
    expect(runs()).toEqual([])
  })
})

describe('somebody who asks', () => {
  test('on a fix of ours gets another fix for the branch that it is for', async () => {
    const { parts, runs } = world(
      {},
      'write',
      memoryLedger({ known: [proposalOf({ number: 5, branch: 'topic' })] }),
    )
    await heed(parts, fixAsked())
    expect(runs()).toMatchObject([
      { hosted: { branch: 'main', pullRequest: null, asked: { issue: 5, comment: 44 } } },
    ])
  })

  test('gets a run for the pull request, once for each time of asking', async () => {
    const { parts, runs } = world()
    await heed(parts, fixAsked())
    await heed(parts, fixAsked())
    await heed(parts, fixAsked({ commentId: 45 }))

    expect(runs()).toMatchObject([
      { hosted: { pullRequest: 5, branch: 'topic', asked: { issue: 5, comment: 44 } } },
      { hosted: { asked: { issue: 5, comment: 45 } } },
    ])
  })

  test('on an issue gets a run for the default branch', async () => {
    const { parts, runs } = world()
    await heed(parts, fixAsked({ onPull: false, number: 3, by: 'label', commentId: null }))
    expect(runs()).toMatchObject([
      { hosted: { branch: 'main', pullRequest: null, asked: { issue: 3, comment: null } } },
    ])
  })

  test.each([
    ['green and a model is set', 'green', true, 'bug-described'],
    ['not checked and a model is set', 'none', true, 'bug-described'],
    ['green and no model is set', 'green', false, 'checks-failed'],
    ['red', 'red', true, 'checks-failed'],
  ] as const)('on an issue where the branch is %s: %#', async (...[, seen, coder, kind]) => {
    const { parts, runs } = world({ coder })
    const { hosting } = parts
    const verdict = seen === 'red' ? { kind: seen, failed: ['test'] } : { kind: seen }
    const checkRuns = { ...hosting.checkRuns, verdict: () => Promise.resolve(verdict) }
    await heed({ ...parts, hosting: { ...hosting, checkRuns } }, fixAsked({ onPull: false }))
    expect(runs()).toMatchObject([{ kind, hosted: { asked: { issue: 5 } } }])
  })

  test.each(['read', 'none'])('with the role %s gets none', async (role) => {
    const { parts, runs } = world({}, role)
    expect(await heed(parts, fixAsked())).toContain(role)
    expect(runs()).toEqual([])
  })

  test('on what is closed gets none', async () => {
    const { parts, runs } = world()
    expect(await heed(parts, fixAsked({ open: false }))).toMatch(/closed/)
    expect(runs()).toEqual([])
  })

  test('gets none where the switch is off', async () => {
    const { parts, runs } = world({ stops: { of: async () => 'paused' } })
    await heed(parts, fixAsked())
    await heed(parts, checkFailed({ pulls: [hubPull()] }))
    expect(runs()).toEqual([])
  })
})

test.each([
  ['a deploy', deploymentReported()],
  ['a workflow that may have deployed', { ...deploymentReported(), environment: null }],
])(
  'that %s is over wakes every run that deploys there, once for each delivery',
  async (_what, event) => {
    const told = memoryLedger({ deploying: ['run_1', 'run_2'] })
    const { parts, signals } = world({}, 'write', told)
    await heed(parts, event)

    expect(signals).toEqual(
      ['run_1', 'run_2'].map((run) => [run, 'deploy', 'reported', event.deliveryId]),
    )
  },
)

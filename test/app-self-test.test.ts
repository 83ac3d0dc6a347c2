import { expect, test } from 'vitest'

import { onDeploymentReported } from '../src/app-deploy.ts'
import { planSelfTests } from '../src/app-self-test.ts'

const repository = { installation: 7, id: 11, owner: 'octo', name: 'kiosk' }
const setting = { owner: 'octo', name: 'kiosk', environment: 'preview', cron: '17 3 * * 1' }

function planning(more: Partial<Parameters<typeof planSelfTests>[0]> = {}) {
  const calls: unknown[] = []
  const engine = {
    schedule: async (...asked: unknown[]) => void calls.push(asked),
    unschedule: async (name: string) => void calls.push(`no ${name}`),
  }
  const of = { engine, setting, shadow: false, find: async () => repository, webUrl: 'https://h' }
  return { calls, plan: () => planSelfTests({ ...of, tell: () => undefined, ...more }) }
}

test('self-tests are planned with the engine as they are set', async () => {
  const { plan, calls } = planning()
  const { isDone, line } = await plan()

  expect(isDone).toBe(true)
  expect(line).toContain('octo/kiosk, preview, at 17 3 * * 1 (UTC)')
  const selfTest = { repository, environment: 'preview' }
  const event = { kind: 'self-test-due', repository: 'https://h/octo/kiosk.git', selfTest }
  const run = { workflow: 'self-test', event: expect.objectContaining(event) }
  expect(calls).toEqual([['self-test', '17 3 * * 1', run]])
})

test.each([
  ['nobody asked for them', { setting: null }],
  ['nothing is published', { shadow: true }],
])('none are planned where %s, and an earlier plan ends', async (_why, more) => {
  const { plan, calls } = planning(more)
  expect((await plan()).isDone).toBe(true)
  expect(calls).toEqual(['no self-test'])
})

test('where the App is not installed there it is said, and tried again', async () => {
  const { plan, calls } = planning({ find: async () => null })
  expect(await plan()).toMatchObject({
    isDone: false,
    line: expect.stringContaining("none of the App's"),
  })
  expect(calls).toEqual([])
})

test('a self-test hears of the end of its deploy, and other runs of the repository do not', async () => {
  const signals: unknown[] = []
  const open = [
    { id: 'self-test@1', workflow: 'self-test' },
    { id: 'run_1', workflow: 'auto-fix' },
  ]
  await onDeploymentReported(
    {
      engine: { signal: async (...word) => void signals.push(word) },
      deployments: { underWay: async () => [] },
      store: {
        runs: async (filter) => {
          expect(filter).toEqual({ repository: 'https://h/octo/kiosk.git', unfinished: true })
          return open.map((one) => ({ ...known, ...one }))
        },
      },
      webUrl: 'https://h',
    },
    {
      kind: 'deployment-reported',
      repository: {
        id: 11,
        installationId: 7,
        owner: 'octo',
        name: 'kiosk',
        defaultBranch: 'main',
      },
      environment: 'preview',
      sha: 'a',
      deliveryId: 'd-1',
      sender: { id: 1, login: 'deployer', type: 'bot' },
    },
  )
  expect(signals).toEqual([['self-test@1', 'deploy', 'reported', 'd-1']])
})

const known = {
  repository: '',
  headSha: '',
  taskId: null,
  state: 'waiting',
  outcome: null,
  reason: null,
  detail: null,
  startedAt: '',
  finishedAt: null,
} as const

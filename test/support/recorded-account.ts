import type { Account } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { FixFact } from '#domain/fix-fact.ts'

import { found, ran } from './observed.ts'
import { recordedRun } from './recorded-run.ts'

const at = (time: string) => new Date(`2025-10-18T${time}.000Z`)

const path = 'app/api/chat/route.ts'
const typesRed = ran(2, { command: 'npm run types', findings: [found({ file: path })] })
const typesGreen = ran(0, { command: 'npm run types' })
const testsGreen = ran(0, { command: 'npm test' })

const facts: readonly (readonly [string, FixFact])[] = [
  [
    '14:00:00',
    {
      kind: 'check',
      name: 'types',
      command: typesRed.command,
      origin: 'package-script',
      evidence: typesRed,
    },
  ],
  ['14:00:01', { kind: 'triage', severity: 'high', priority: 9, checks: [] }],
  [
    '14:00:15',
    {
      kind: 'repair',
      repair: {
        check: 'types',
        command: typesRed.command,
        strategies: ['types/optional-chain'],
        descriptions: [`Added timeout protection in ${path}`],
        rootCauses: ['lack of timeout protection on streaming responses'],
        risk: 'safe',
        mode: 'apply',
        patch: [{ path, content: '' }],
        before: typesRed,
        after: typesGreen,
      },
    },
  ],
  [
    '14:00:16',
    {
      kind: 'proof',
      entry: { check: 'types', before: typesRed, after: typesGreen, verdict: 'fixed' },
    },
  ],
  [
    '14:00:18',
    { kind: 'proof', entry: { check: 'test', before: null, after: testsGreen, verdict: 'green' } },
  ],
  [
    '14:00:19',
    {
      kind: 'judgement',
      severity: 'high',
      priority: 9,
      title: '504 timeout errors in /api/chat',
      risk: { level: 'safe', marks: [] },
      work: 'error_handling',
    },
  ],
  [
    '14:00:20',
    { kind: 'commit', sha: '9f8e7d6c5b4a', check: 'types', branch: 'auto-fix/123e4567-timeout' },
  ],
  ['14:00:21', { kind: 'delivered', branch: 'auto-fix/123e4567-timeout' }],
]

const taskId = '123e4567-e89b-12d3-a456-426614174000'

const deployed: DeployFacts = {
  environment: 'production',
  pull: 7,
  title: '504 timeout errors in /api/chat',
  sha: '9f8e7d6c5b4a',
  runId: 'run_20251018-140022-00000002',
  taskId,
  state: 'verified',
  reason: null,
  reasonDetail: null,
  because: null,
  seen: {
    before: { errors: 15, requests: 3000 },
    after: { errors: 0, requests: 3000 },
    detail: '',
  },
  by: ['maria'],
  previous: '0a1b2c3d4e5f',
  trace: null,
  times: { began: at('14:00:22'), live: at('14:01:45'), decided: at('14:02:15'), restored: null },
  revert: '',
}

/** The story of S2 L268-293 and L518-541 as it stands on record: a timeout is found, repaired, deployed and verified. */
export const repairedAndDeployed: Account = accountOf(deployed)

/** The same, where errors became more frequent and the version before was brought back. */
export const takenBack: Account = accountOf({
  ...deployed,
  state: 'rolled-back',
  because: 'rate-risen',
  seen: {
    before: { errors: 15, requests: 3000 },
    after: { errors: 90, requests: 3000 },
    detail: '',
  },
  times: { ...deployed.times, restored: at('14:02:16') },
  revert: 'proposed at https://github.example/pull/9',
})

/** A deploy of which nothing but its end is on record: it did not build. */
export const hardlyRecorded: Account = {
  taskId: null,
  runs: accountOf({
    ...deployed,
    state: 'not-deployed',
    reason: 'build-failed',
    seen: { before: null, after: null, detail: '' },
    by: [],
    times: { began: null, live: null, decided: null, restored: null },
  }).runs.slice(1),
}

export const repairedOnly: Account = { taskId, runs: repairedAndDeployed.runs.slice(0, 1) }

function accountOf(deploy: DeployFacts): Account {
  const run = { ...recordedRun, taskId, outcome: 'success' } as const
  const outcome = deploy.state === 'verified' ? 'success' : 'partial'
  return {
    taskId,
    runs: [
      {
        run: {
          ...run,
          id: 'run_20251018-140000-00000001',
          startedAt: at('14:00:00').toISOString(),
          finishedAt: null,
        },
        facts: facts.map(([time, what]) => ({ at: at(time), what })),
        deploy: null,
        emergency: null,
        weighed: null,
        incidents: [],
        reportedAt: null,
      },
      {
        run: {
          ...run,
          id: deploy.runId,
          workflow: 'deploy',
          outcome,
          startedAt: at('14:00:22').toISOString(),
          finishedAt: at('14:02:17').toISOString(),
        },
        facts: [],
        deploy: { at: at('14:02:15'), what: deploy },
        emergency: null,
        weighed: null,
        incidents: [],
        reportedAt: at('14:02:16'),
      },
    ],
  }
}

import { afterEach, describe, expect, test } from 'vitest'

import { type Mailbox, openMailbox } from './mailbox.ts'
import { openShop, type Shop, type ShopOptions } from './shop.ts'

let shop: Shop
let mailbox: Mailbox

const workflow = `name: Quality
on:
  push: { branches: [main, 'auto-fix/**'] }
  pull_request:
env: { GREETING: hello }
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
      - name: Say it
        run: echo "$GREETING"
      - run: sh check.sh
      - run: echo never
  style:
    name: Style
    needs: test
    steps:
      - run: 'true'
`

const red = { '.github/workflows/quality.yml': workflow, 'check.sh': 'exit 3\n' }
const green = { ...red, 'check.sh': 'exit 0\n' }

async function begin(options: ShopOptions): Promise<void> {
  mailbox = await openMailbox()
  const webhook = { url: mailbox.url, secret: 'a secret' }
  const events = ['check_run', 'check_suite', 'workflow_run', 'workflow_job']
  shop = await openShop({ ci: 'workflows', webhook, events, ...options })
  await shop.github.settled()
}

afterEach(async () => {
  await shop.close()
  await mailbox.close()
})

async function runs() {
  return (await shop.octokit.rest.actions.listWorkflowRunsForRepo(shop.at)).data.workflow_runs
}

async function checks(ref: string) {
  const { data } = await shop.octokit.rest.checks.listForRef({ ...shop.at, ref })
  return data.check_runs
}

async function results(ref: string): Promise<readonly string[]> {
  return (await checks(ref)).map(({ name, conclusion }) => `${name}: ${conclusion}`)
}

async function log(id: number): Promise<string> {
  const asked = { ...shop.at, job_id: id }
  return String((await shop.octokit.rest.actions.downloadJobLogsForWorkflowRun(asked)).data)
}

describe('a workflow that is red', () => {
  test('leaves a failed run, failed checks and what hangs on them skipped', async () => {
    await begin({ files: red })

    expect(await runs()).toMatchObject([
      {
        name: 'Quality',
        event: 'push',
        conclusion: 'failure',
        run_number: 1,
        head_sha: shop.first,
      },
    ])
    expect(await results('main')).toEqual(['test: failure', 'Style: skipped'])
  })

  test('is told step by step, and in the end as a suite and as a run', async () => {
    await begin({ files: red })
    await shop.maria.checkout.push('main', { 'c.txt': 'c\n' })
    await shop.github.settled()
    const told = mailbox.letters.map(({ event, action }) => `${event}.${action ?? ''}`)

    expect(told).toEqual(
      expect.arrayContaining([
        'workflow_run.requested',
        'check_run.created',
        'workflow_job.completed',
        'check_run.completed',
        'check_suite.completed',
        'workflow_run.completed',
      ]),
    )
  })

  test('shows its steps and keeps its log, with the environment of the file', async () => {
    await begin({ files: red })
    const [check] = await checks('main')
    const asked = { ...shop.at, job_id: check?.id ?? 0 }
    const { data } = await shop.octokit.rest.actions.getJobForWorkflowRun(asked)
    const steps = data.steps?.map(({ name, conclusion }) => `${name}: ${conclusion}`)

    expect(steps).toEqual([
      'Run actions/checkout@v5: success',
      'Run actions/setup-node@v5: success',
      'Say it: success',
      'Run sh check.sh: failure',
      'Run echo never: skipped',
    ])
    expect(await log(data.id)).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z hello\n(.*\n)*.*##\[error\]Process completed with exit code 3\.\n$/m,
    )
  })

  test('turns green when it is run again on what was repaired', async () => {
    await begin({ files: red })
    const after = await shop.maria.checkout.push('main', green)
    await shop.github.settled()

    expect(await results(after)).toEqual(['test: success', 'Style: success'])
    expect(await results(shop.first)).toEqual(['test: failure', 'Style: skipped'])
  })

  test('is run again as a second attempt of the same run', async () => {
    await begin({ files: red })
    const [run] = await runs()
    const one = { ...shop.at, run_id: run?.id ?? 0 }
    await shop.octokit.rest.actions.reRunWorkflowFailedJobs(one)
    await shop.github.settled()
    const { data } = await shop.octokit.rest.actions.listJobsForWorkflowRun(one)
    const { data: all } = await shop.octokit.rest.actions.listJobsForWorkflowRun({
      ...one,
      filter: 'all',
    })

    expect((await runs()).map(({ run_attempt }) => run_attempt)).toEqual([2])
    expect(data.total_count).toBe(2)
    expect(all.total_count).toBe(4)
  })
})

describe('annotations', () => {
  const file = 'src/a.ts'
  const check = [
    `echo '::error file=${file},line=2,col=5,title=Types::It is%0Awrong'`,
    `echo '::warning::Mind the gap'`,
    `echo 'src/b.ts(7,3): error TS2322: Type string is not assignable.'`,
    'exit 1',
  ].join('\n')

  test('come from commands, from problem matchers and from the failure itself', async () => {
    await begin({ files: { ...red, 'check.sh': check } })
    const [run] = await checks('main')
    const asked = { ...shop.at, check_run_id: run?.id ?? 0 }
    const { data } = await shop.octokit.rest.checks.listAnnotations(asked)

    expect(run?.output.annotations_count).toBe(4)
    expect(data).toMatchObject([
      { path: file, start_line: 2, start_column: 5, title: 'Types', message: 'It is\nwrong' },
      { path: '.github', annotation_level: 'warning', message: 'Mind the gap' },
      { path: 'src/b.ts', start_line: 7, message: 'TS2322: Type string is not assignable.' },
      { path: '.github', message: 'Process completed with exit code 1.' },
    ])
  })
})

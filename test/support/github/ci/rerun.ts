import type { CheckSuite, Job, WorkflowRun } from '../checks-state.ts'
import type { House } from '../house.ts'
import type { Account, Repository } from '../state.ts'
import { announceSuite } from '../webhooks/announce.ts'
import { latestJobs, runAgain } from './run-workflow.ts'

interface Again {
  readonly run: WorkflowRun
  readonly which: (job: Job) => boolean
  readonly by: Account
}

/** Runs those jobs of the last attempt again, as a new one. */
export async function rerun(
  house: House,
  repository: Repository,
  { run, which, by }: Again,
): Promise<void> {
  const keys = latestJobs(run)
    .filter(which)
    .map(({ key }) => key)
  await runAgain(house, repository, { run, keys, by })
}

/** Asks a suite's app to do it again; the CI's own suites are run at once. */
export async function rerunSuite(
  house: House,
  repository: Repository,
  { suite, by }: { suite: CheckSuite; by: Account },
): Promise<void> {
  const run = repository.checks.workflowRuns.find((one) => one.suite === suite)
  if (run !== undefined) return await rerun(house, repository, { run, which: () => true, by })
  await announceSuite(house, { repository, suite, action: 'rerequested', sender: by })
}

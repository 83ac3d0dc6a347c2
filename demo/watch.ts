import { setTimeout as sleep } from 'node:timers/promises'

import type { CheckRun } from '../test/support/github/checks-state.ts'
import type { Issue } from '../test/support/github/state.ts'
import { latestRuns } from '../test/support/github/suites.ts'
import type { Stage } from './stage.ts'
import * as words from './words.ts'

/** What came of it on GitHub. */
export type End =
  | { readonly kind: 'proposed'; readonly issue: Issue }
  | { readonly kind: 'gave-up'; readonly title: string; readonly summary: string }

interface Watching {
  readonly stage: Stage
  readonly red: string
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Tells what a person would see on GitHub, as it happens, until the pull request's own checks are green, it is ready
 * for review and the App has said so; or until the App has said that there will be none. Throws when told to stop.
 */
export async function watch({ stage, red, tell, signal }: Watching): Promise<End> {
  const seen = new Set<string>()
  for (;;) {
    signal.throwIfAborted()
    for (const line of visible(stage))
      if (!seen.has(line)) {
        seen.add(line)
        tell(line)
      }
    const end = endOf(stage, red)
    if (end !== null) return end
    await sleep(100)
  }
}

/** One line for each thing that can be seen now. */
function visible({ repository, keeper }: Stage): readonly string[] {
  const runs = latestRuns(repository.checks.runs).map((run) => {
    const at = run.headSha.slice(0, 12)
    if (isOf(run, keeper.app.id)) return words.ourCheck(at, run.output.title ?? run.status)
    return run.conclusion === null ? words.ciStarts(at) : words.ciEnds(at, run.conclusion)
  })
  const pulls = repository.issues.flatMap((issue) => {
    if (issue.pull === null) return []
    return issue.pull.draft ? [words.draftOpened(issue)] : [words.madeReady(issue)]
  })
  return [...runs, ...pulls]
}

function endOf({ repository, keeper }: Stage, red: string): End | null {
  const { runs } = repository.checks
  const said = runs.find((run) => isOf(run, keeper.app.id) && run.headSha === red)
  if (said === undefined || said.conclusion === null) return null
  const issue = repository.issues.find(({ pull }) => pull !== null)
  if (issue === undefined || issue.pull === null) return gaveUp(said)
  const { draft, headSha } = issue.pull
  const own = latestRuns(runs.filter((run) => run.headSha === headSha))
  const isGreen = own.length > 0 && own.every(({ conclusion }) => conclusion === 'success')
  return isGreen && !draft ? { kind: 'proposed', issue } : gaveUp(said)
}

function gaveUp({ output }: CheckRun): End {
  return { kind: 'gave-up', title: output.title ?? '', summary: output.summary ?? '' }
}

function isOf(run: CheckRun, appId: number): boolean {
  return run.suite.app.id === appId
}

import { setTimeout as sleep } from 'node:timers/promises'

import { git } from '../test/support/github/git/run-git.ts'
import type { Stage } from './stage.ts'

export interface Twice {
  readonly deliveries: number
  readonly isSame: boolean
}

/** Sends every delivery so far a second time and answers whether anything on GitHub is different after it. */
export async function deliverTwice(stage: Stage): Promise<Twice> {
  const { github, keeper } = stage
  await quiet(stage)
  const before = await everything(stage)
  const deliveries = [...keeper.app.deliveries]
  for (const delivery of deliveries) await github.webhooks.redeliver(keeper.app, delivery)
  await quiet(stage)
  return { deliveries: deliveries.length, isSame: (await everything(stage)) === before }
}

/** Until nothing is on its way and nobody has asked anything for two seconds. */
async function quiet({ github }: Stage): Promise<void> {
  for (let asked = -1; asked !== github.served.length;) {
    await github.settled()
    asked = github.served.length
    await sleep(2000)
  }
}

/** What is on GitHub: branches, conversations, checks, deploys. */
async function everything({ repository }: Stage): Promise<string> {
  const refs = await git(repository.directory, ['for-each-ref'])
  const issues = repository.issues.map(
    ({ number, title, body, state, labels, comments, reactions, pull }) => [
      [number, title, body, state, ...labels, pull?.draft, pull?.headSha],
      comments.map((comment) => comment.body),
      reactions.length,
    ],
  )
  const checks = repository.checks.runs.map(({ id, name, conclusion, output }) => [
    id,
    name,
    conclusion,
    output,
  ])
  const deploys = repository.deployments.map(({ id, statuses }) => [id, statuses.length])
  return JSON.stringify([refs, issues, checks, deploys])
}

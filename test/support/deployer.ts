import { setTimeout as sleep } from 'node:timers/promises'

import type { Octokit } from '@octokit/rest'

interface Deployment {
  readonly id: number
  readonly sha: string
  readonly task: string
  readonly payload: unknown
  readonly askedAt: Date
  readonly liveAt: Date
}

/**
 * Somebody else's program that deploys what GitHub is told to deploy, and says with statuses what became of it. `done`
 * has what it brought live, the oldest first.
 */
export function deployerFor(
  octokit: Octokit,
  at: { readonly owner: string; readonly repo: string },
  deploy: (sha: string) => Promise<void>,
) {
  const done: Deployment[] = []
  const over = new AbortController()
  const round = async (): Promise<void> => {
    const { data } = await octokit.rest.repos.listDeployments({ ...at, per_page: 100 })
    for (const { id, sha, task, payload } of data.toReversed()) {
      if (done.some((one) => one.id === id)) continue
      const askedAt = new Date()
      const say = (state: 'in_progress' | 'success') =>
        octokit.rest.repos.createDeploymentStatus({ ...at, deployment_id: id, state })
      await say('in_progress')
      await deploy(sha)
      done.push({ id, sha, task, payload, askedAt, liveAt: new Date() })
      await say('success')
    }
  }
  const working = (async () => {
    while (!over.signal.aborted) {
      await round()
      await sleep(200)
    }
  })()
  return {
    done,
    async close() {
      over.abort()
      await working
    },
  }
}

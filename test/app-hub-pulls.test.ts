import { describe, expect, test } from 'vitest'

import { hostedAs, onPullRequestClosed, onPullRequestOpened } from '../src/app-hub-news.ts'
import {
  branchPushed,
  hubPull,
  pullRequestClosed,
  pullRequestOpened,
} from './support/hub-events.ts'
import { world } from './support/news-world.ts'

const repository = hostedAs(branchPushed().repository)

describe('a pull request that is closed', () => {
  const pull = { ...hubPull(), number: 9, head: { ...hubPull().head, branch: 'auto-fix/1-types' } }

  test.each([
    [true, 'merged'],
    [false, 'closed'],
  ])('merged %s, is on record as %s, and its run is told', async (merged, because) => {
    const { parts, signals, givenUp } = world()
    await onPullRequestClosed(parts, pullRequestClosed({ pull, merged }))
    expect([givenUp, signals]).toEqual([[[9, because]], ['run_9']])
  })

  test.each([
    ['of somebody else', hubPull()],
    ['from a branch that is called as ours', { ...pull, number: 10 }],
  ])('%s is nothing to us', async (_which, other) => {
    const { parts, signals, givenUp } = world()
    await onPullRequestClosed(parts, pullRequestClosed({ pull: other }))
    expect([givenUp, signals]).toEqual([[], []])
  })
})

describe('a pull request that is opened', () => {
  const view = {
    headSha: hubPull().head.sha,
    externalId: 'run_1',
    title: 'x',
    summary: 'It was flaky.',
  }
  const open = async (conclusion: 'neutral' | null, headSha = view.headSha) => {
    const { parts, comments } = world()
    await parts.hosting.checkRuns.show(repository, { ...view, headSha, conclusion })
    await onPullRequestOpened(parts, pullRequestOpened())
    return comments
  }

  test('of a commit that was looked at is told what came of it', async () => {
    expect(await open('neutral')).toMatchObject([
      { issue: 5, body: expect.stringMatching(/^<!-- .*-->\nIt was flaky\.$/) },
    ])
  })

  test.each([
    ['whose run goes on, and will tell it', null, view.headSha],
    ['that nobody looked at', 'neutral', 'e'.repeat(40)],
  ] as const)('of a commit %s is told nothing', async (_which, conclusion, sha) => {
    expect(await open(conclusion, sha)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'

import { onBranchPushed, onChecksCompleted, onPullRequestClosed } from '../src/app-hub-news.ts'
import { branchPushed, checksCompleted, hubPull, pullRequestClosed } from './support/hub-events.ts'
import { proposalOf } from './support/ledger-world.ts'
import { green, world } from './support/news-world.ts'

describe('the change again behind a revert', () => {
  const revert = proposalOf({ kind: 'revert', givenUp: 'merged' })
  const forward = proposalOf({ kind: 'forward', number: 10, branch: 'again', base: revert.branch })
  const pull = { ...hubPull(), number: 9, head: { ...hubPull().head, branch: revert.branch } }
  const known = [revert, forward]

  test.each([
    [false, [10]],
    [true, []],
  ])('is closed with a sentence where its revert is closed, merged %s: %j', async (...row) => {
    const [merged, numbers] = row
    const { parts, closed, comments } = world({ known })
    await onPullRequestClosed(parts, pullRequestClosed({ pull, merged }))
    expect(closed).toEqual(numbers)
    expect(comments.map(({ issue }) => issue)).toEqual(numbers)
  })

  test('is closed where its revert is taken back', async () => {
    const { parts, closed, givenUp } = world({ known })
    const messages = ['Revert "Revert tea" (#11)\n\nReverts octo/kiosk#9']
    await onBranchPushed(parts, branchPushed({ messages }))
    expect([closed, givenUp]).toEqual([[10], [[10, 'withdrawn']]])
  })

  test('is closed before its revert, where the branch is green without either', async () => {
    const open = proposalOf({ ...revert, givenUp: null })
    const { parts, closed, comments } = world({ known: [open, forward] }, green.sha)
    await onChecksCompleted(parts, checksCompleted({ head: green }))
    expect(closed).toEqual([10, 9])
    expect(comments.map(({ issue }) => issue)).toEqual([10, 9])
  })
})

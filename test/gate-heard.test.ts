import { describe, expect, test } from 'vitest'

import type { HubEvent } from '#domain/hub-event.ts'
import { translate } from '#webhooks/translate.ts'

import { onCommandGiven } from '../src/app-hub-commands.ts'
import { gatedChange, maria } from './support/gated-change.ts'

const us = { appId: 3, login: 'goalkeeper[bot]' }
const inRepository = {
  repository: { id: 11, name: 'kiosk', default_branch: 'main', owner: { login: 'octo' } },
  installation: { id: 7 },
  sender: { ...maria, type: 'User' },
}
const head = 'a'.repeat(40)
const older = 'e'.repeat(40)
const at = '2026-11-29T10:00:01Z'

function heard(name: string, payload: Record<string, unknown>): readonly HubEvent[] {
  const found = translate({ id: 'd', name, us, payload: { ...inRepository, ...payload } })
  return found.kind === 'events' ? found.events : []
}

/** How the gate of a change stands once that was heard, and what was answered. */
async function after(events: readonly HubEvent[]) {
  const world = gatedChange('environments:\n  production: {}\n')
  await world.hear()
  world.pass(1)
  for (const one of events) if (one.kind === 'command-given') await onCommandGiven(world.parts, one)
  return { gate: world.gate(), said: world.said.at(-1) ?? '' }
}

describe('what GitHub tells', () => {
  test('of a thumb is no approval', () => {
    expect(heard('reaction', { action: 'created', reaction: { content: '+1' } })).toEqual([])
  })

  test('of our button is about the commit that was looked at, and of others is nothing', () => {
    const check = {
      id: 4,
      external_id: 'pull 5',
      name: 'goalkeeper / deploy',
      head_sha: head,
      conclusion: 'action_required',
      pull_requests: [],
    }
    const press = (app: number) =>
      heard('check_run', {
        action: 'requested_action',
        requested_action: { identifier: 'approve:production' },
        check_run: { ...check, app: { id: app } },
      })
    expect(press(3)).toMatchObject([
      { kind: 'command-given', number: 5, seen: head, sender: { id: maria.id } },
    ])
    expect(press(4)).toEqual([])
  })
})

const review = (body: string | null, commit_id = head) =>
  heard('pull_request_review', {
    action: 'submitted',
    review: { id: 8, body, commit_id, submitted_at: at, state: 'approved' },
    pull_request: { number: 5 },
  })

describe('a review', () => {
  test('that approves the code and says nothing of a deploy is no approval of one', () => {
    expect([...review(null), ...review('Looks good.')]).toEqual([])
  })

  test('is about the commit that was reviewed, and of an older one it is answered and opens nothing', async () => {
    expect(await after(review('/approve-deploy'))).toMatchObject({ gate: 'success' })
    const { gate, said } = await after(review('/approve-deploy', older))
    expect(gate).toBe('action_required')
    expect(said).toContain('another commit')
  })
})

test('a remark at a line counts for the commit it was written on, wherever GitHub moves it later', async () => {
  const remark = (original_commit_id: string) =>
    heard('pull_request_review_comment', {
      action: 'created',
      comment: {
        id: 9,
        body: '/approve-deploy',
        commit_id: head,
        original_commit_id,
        created_at: at,
      },
      pull_request: { number: 5 },
    })
  expect(await after(remark(head))).toMatchObject({ gate: 'success' })
  const { gate, said } = await after(remark(older))
  expect(gate).toBe('action_required')
  expect(said).toContain('another commit')
})

test('a comment that another app wrote in somebody’s name is answered and opens nothing', async () => {
  const comment = { id: 9, body: `/approve-deploy production ${head}`, created_at: at }
  const written = (more: object) =>
    heard('issue_comment', {
      action: 'created',
      issue: { number: 5, state: 'open', pull_request: {} },
      comment: { ...comment, ...more },
    })
  expect(await after(written({}))).toMatchObject({ gate: 'success' })
  const { gate } = await after(written({ performed_via_github_app: { id: 4 } }))
  expect(gate).toBe('action_required')
})

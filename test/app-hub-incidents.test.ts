import { expect, test } from 'vitest'

import { translate } from '#webhooks/translate.ts'

import { onIncidentChanged } from '../src/app-hub-incidents.ts'
import { recordedRun } from './support/recorded-run.ts'

const us = { appId: 3, login: 'goalkeeper[bot]' }
const mark = '<!-- goalkeeper:incident:run_1 -->\nIt was taken back.'
const closed = { action: 'closed', closed_at: '2026-11-29T11:00:00Z' }

/** What is put on record when GitHub tells this of an issue. */
async function recorded(told: {
  readonly action: string
  readonly closed_at?: string | null
  readonly body?: string | null
  readonly author?: string
  readonly sender?: string
}) {
  const { action, closed_at = null, body = mark, author = us.login, sender = 'maria' } = told
  const payload = {
    action,
    issue: {
      number: 31,
      body,
      user: { login: author },
      closed_at,
      updated_at: '2026-11-29T11:00:01Z',
    },
    repository: { id: 11, name: 'kiosk', default_branch: 'main', owner: { login: 'octo' } },
    installation: { id: 7 },
    sender: { login: sender, id: 1, type: 'User' },
  }
  const heard = translate({ id: 'd1', name: 'issues', us, payload })
  const entries: unknown[] = []
  const store = {
    run: async (id: string) => (id === 'run_1' ? { ...recordedRun, id } : null),
    append: async (entry: unknown) => void entries.push(entry),
  }
  for (const event of heard.kind === 'events' ? heard.events : [])
    if (event.kind === 'incident-changed') await onIncidentChanged(store, event)
  return entries
}

test.each([
  ['closed', closed, '2026-11-29T11:00:00Z'],
  ['opened again', { action: 'reopened' }, null],
])(
  'an incident whose issue is %s is that on record, with by whom',
  async (...[, told, closedAt]) => {
    const data = { repository: 11, number: 31, closedAt, at: '2026-11-29T11:00:01Z', by: 'maria' }
    expect(await recorded(told)).toEqual([
      { runId: 'run_1', key: 'facts/incident d1', type: 'incident-changed', data },
    ])
  },
)

test.each([
  ['an issue of somebody else with our mark', { author: 'eve' }],
  ['an issue without our mark', { body: `Like ${mark}` }],
  ['an issue without words', { body: null }],
  ['an issue of a deploy that is not on record', { body: mark.replace('run_1', 'run_2') }],
  ['what we close ourselves', { sender: us.login }],
])('%s is no incident that people closed', async (_what, more) => {
  expect(await recorded({ ...closed, ...more })).toEqual([])
})

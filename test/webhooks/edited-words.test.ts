import { expect, test } from 'vitest'

import { notedNote } from '#messages/hosted-notes.ts'
import type { NewDelivery } from '#ports/inbox.ts'

import { at, by, hubHouse } from '../support/attack-world.ts'
import { told } from '../support/history.ts'

const changed = (action: 'edited' | 'deleted', body: string): NewDelivery => {
  const issue = { number: 12, state: 'open', pull_request: {} }
  const words = { id: 44, body, created_at: '2026-11-20T05:00:00Z' }
  const changes = { body: { from: '/auto-fix' } }
  return told(
    'issue_comment',
    { ...at, ...by('maria') },
    { action, issue, comment: words, changes },
  )
}

const report = '<!-- goalkeeper:auto-fix -->\n### Tried 0 times\n\n/auto-fix'
test.each([
  ['an edit that asks again', changed('edited', '/auto-fix')],
  ['an edit of our report that says nothing was tried', changed('edited', report)],
  ['our report, deleted', changed('deleted', report)],
  ['an asking, deleted', changed('deleted', '/auto-fix')],
])('%s counts nothing back, whoever does it, and is no further try', async (_which, delivery) => {
  const house = hubHouse({ role: 'admin' })
  expect(await house.handle(delivery)).toBe(notedNote)
  expect([house.started(), house.written()]).toEqual([[], []])
})

import { expect, test } from 'vitest'

import { provedBy, provedRows } from './support/proved-table.ts'

const rows = provedRows('docs/requirements.md', /^S2-\d\d$/)

test('the table has each row from S2-01 to S2-49 once', () => {
  const ids = Array.from({ length: 49 }, (_, at) => `S2-${String(at + 1).padStart(2, '0')}`)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test.each(rows)('$id says how it stands, and the tests it names are there', ({ says, proofs }) => {
  expect(says).toMatch(/^(?:done|in part: |not: )/)
  const { named, missing, rest } = provedBy(proofs)
  expect(rest).toBe('')
  expect(named.length > 0 || says.startsWith('not: ')).toBe(true)
  expect(missing).toEqual([])
})

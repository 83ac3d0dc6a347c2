import { expect, test } from 'vitest'

import { provedBy, provedRows } from './support/proved-table.ts'

const rows = provedRows('docs/gate-cases.md', /^G-\d\d$/)

test('the table has each case from G-01 to G-25 once', () => {
  const ids = Array.from({ length: 25 }, (_, at) => `G-${String(at + 1).padStart(2, '0')}`)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test.each(rows)('$id says what comes of it, and the tests it names are there', (row) => {
  expect(row.says).not.toBe('')
  const { named, missing, rest } = provedBy(row.proofs)
  expect(named).not.toEqual([])
  expect(rest).toBe('')
  expect(missing).toEqual([])
})

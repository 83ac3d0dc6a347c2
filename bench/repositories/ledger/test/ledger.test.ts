import { describe, expect, test } from 'vitest'

import { LedgerError, UnbalancedError, UnknownAccountError } from '../src/errors.js'
import { Transaction } from '../src/transaction.js'
import { booking, household } from './sample.js'

describe('a ledger', () => {
  test('shows a balance on the side of its account', async () => {
    const ledger = await household()
    expect(await ledger.balance('1000')).toBe(350_000)
    expect(await ledger.balance('2000')).toBe(4_200)
    expect(await ledger.balance('1000', '2026-01-15')).toBe(100_000)
  })

  test('undoes a transaction by its mirror image', async () => {
    const ledger = await household()
    await ledger.undo('3', '2026-02-04')
    expect(await ledger.balance('5100')).toBe(0)
  })

  test('knows only the accounts that were opened', async () => {
    const ledger = await household()
    await expect(
      ledger.post(booking('9', '2026-03-01', 1, ['1000', '7777'])),
    ).rejects.toThrow(UnknownAccountError)
  })

  test('books nothing on a closed account', async () => {
    const ledger = await household()
    ledger.account('2000').close('2026-03-01')
    const late = booking('10', '2026-03-02', 100, ['5100', '2000'])
    await expect(ledger.post(late)).rejects.toThrow(LedgerError)
  })

  test('names an account by its path', async () => {
    const ledger = await household()
    expect(ledger.account('5100').path).toBe('Living/Food')
    expect(ledger.account('5100').depth).toBe(1)
  })
})

test('a transaction must balance', () => {
  const postings = [
    { account: '1000', side: 'debit' as const, amount: 10 },
    { account: '2000', side: 'credit' as const, amount: 9 },
  ]
  const create = () =>
    new Transaction({ id: 'x', day: '2026-01-01', description: '', postings })
  expect(create).toThrow(UnbalancedError)
})

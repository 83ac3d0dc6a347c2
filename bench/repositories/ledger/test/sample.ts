import { Ledger } from '../src/ledger.js'
import { Transaction } from '../src/transaction.js'

export function booking(id: string, day: string, amount: number, pair: [string, string]) {
  const [debit, credit] = pair
  return new Transaction({
    id,
    day,
    description: `booking ${id}`,
    postings: [
      { account: debit, side: 'debit', amount },
      { account: credit, side: 'credit', amount },
    ],
  })
}

export async function household(): Promise<Ledger> {
  const ledger = new Ledger()
  const currency = 'EUR'
  ledger.open({ code: '1000', name: 'Bank', kind: 'asset', currency })
  ledger.open({ code: '2000', name: 'Card', kind: 'liability', currency })
  ledger.open({ code: '3000', name: 'Opening', kind: 'equity', currency })
  ledger.open({ code: '4000', name: 'Salary', kind: 'income', currency })
  const living = ledger.open({ code: '5000', name: 'Living', kind: 'expense', currency })
  ledger.open({ code: '5100', name: 'Food', kind: 'expense', currency, parent: living })
  await ledger.post(booking('1', '2026-01-01', 100_000, ['1000', '3000']))
  await ledger.post(booking('2', '2026-01-28', 250_000, ['1000', '4000']))
  await ledger.post(booking('3', '2026-02-03', 4_200, ['5100', '2000']))
  return ledger
}

import { expect, test } from 'vitest'

import { reconcile } from '../src/reconcile.js'
import { booking } from './sample.js'

test('a line finds the nearest transaction of its amount', () => {
  const near = booking('near', '2026-01-03', 500, ['5100', '1000'])
  const far = booking('far', '2026-01-05', 500, ['5100', '1000'])
  const line = { day: '2026-01-02', amount: -500, text: 'shop' }
  const result = reconcile([line, { ...line, amount: -1 }], [far, near])
  expect(result.matched).toEqual([{ line, transaction: near }])
  expect(result.missing).toHaveLength(1)
  expect(result.unexplained).toEqual([far])
})

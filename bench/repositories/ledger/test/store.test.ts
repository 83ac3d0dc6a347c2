import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { Budget } from '../src/budget.js'
import { FileStore } from '../src/store/file-store.js'
import { MemoryStore } from '../src/store/memory-store.js'
import { booking, household } from './sample.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('a file store remembers what was appended', async () => {
  const store = new FileStore(join(folder, 'journal.jsonl'))
  expect(await store.all()).toEqual([])
  await store.append(booking('1', '2026-01-01', 5, ['1000', '2000']))
  expect((await store.find('1'))?.total).toBe(5)
})

test('a memory store takes an id once', async () => {
  const store = new MemoryStore()
  await store.append(booking('1', '2026-01-01', 5, ['1000', '2000']))
  await expect(
    store.append(booking('1', '2026-01-01', 5, ['1000', '2000'])),
  ).rejects.toThrow()
})

test('a budget tells what was spent in its month', async () => {
  const budget = new Budget('2026-02-01').plan('5100', 4_000)
  expect(await budget.compare(await household())).toEqual([
    { account: '5100', planned: 4_000, spent: 4_200, left: -200, exceeded: true },
  ])
})

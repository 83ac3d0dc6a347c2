import { expect, test, vi } from 'vitest'

import { journalTo } from '#engine/interpret-journal.ts'
import type { NewAuditEntry, Records } from '#ports/run-store.ts'

const entry = (key: string): NewAuditEntry => ({ runId: 'r', key, type: 'noted', data: null })

/** A server that forgets, when it is killed, what its disk does not have yet. */
function server() {
  const disk: string[] = []
  let memory: string[] = []
  let lives = 1
  const store = {
    record({ entries }: Records) {
      memory.push(...entries.map(({ key }) => key))
      return Promise.resolve(`${lives}`)
    },
    settle() {
      disk.push(...memory)
      memory = []
      return Promise.resolve(`${lives}`)
    },
  }
  const kill = () => {
    memory = []
    lives += 1
  }
  return { store, kill, disk }
}

test('records that a killed server forgot are written again', async () => {
  const { store, kill, disk } = server()
  const journal = journalTo(store)
  journal.audit(entry('early'))
  await journal.flush()
  kill()
  journal.audit(entry('late'))

  await journal.settle()

  expect(disk.toSorted()).toEqual(['early', 'late'])
})

test('records are on the disk soon, also when nobody asks', async () => {
  vi.useFakeTimers()
  const { store, disk } = server()
  const journal = journalTo(store)
  journal.audit(entry('only'))
  await journal.flush()
  expect(disk).toEqual([])

  await vi.advanceTimersByTimeAsync(500)

  expect(disk).toEqual(['only'])
  vi.useRealTimers()
})

test('what the store would not take is kept and written with the next', async () => {
  const { store, disk } = server()
  let down = true
  const journal = journalTo({
    ...store,
    record: (records) => (down ? Promise.reject(new Error('down')) : store.record(records)),
  })
  journal.audit(entry('first'))
  await expect(journal.flush()).rejects.toThrow('down')
  down = false
  journal.audit(entry('second'))

  await journal.settle()

  expect(disk).toEqual(['first', 'second'])
})

import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test, vi } from 'vitest'

import { gathered } from '#adapters/intake/gather.ts'
import { settlementOf, type Work } from '#adapters/intake/settlement.ts'
import { startWorker } from '#adapters/intake/worker.ts'
import type { Inbox, Settlement, TakenDelivery } from '#ports/inbox.ts'

const aDelivery = (id: string, attempt = 1): TakenDelivery => ({
  id,
  name: 'push',
  payload: '{}',
  attempt,
})

/** An inbox in memory, as far as a worker sees it. */
function inboxOf(...waiting: TakenDelivery[]) {
  const settled = new Map<string, Settlement>()
  const released: string[] = []
  const inbox: Pick<Inbox, 'take' | 'renew' | 'settle' | 'release'> = {
    take: async (_holder, { limit }) => waiting.splice(0, limit),
    renew: () => Promise.resolve(),
    settle: async (_holder, id, settlement) => Boolean(settled.set(id, settlement)),
    release: async (holder) => void released.push(holder),
  }
  return { waiting, settled, released, inbox }
}

function work(inbox: Work['inbox'], handle: Work['handle']): Work {
  const rest = { holder: 'me', explain: String, pollMs: 20, retryMs: 10 }
  return { inbox, handle, ...rest }
}

test.each([
  [1, { state: 'received', reason: 'Error: no', afterMs: 10 }],
  [3, { state: 'received', reason: 'Error: no', afterMs: 160 }],
  [5, { state: 'failed', reason: 'Error: no' }],
])(
  'a delivery whose handling breaks at attempt %i is settled as %j',
  async (attempt, settlement) => {
    const { inbox } = inboxOf()
    const broken = work(inbox, () => Promise.reject(new Error('no')))

    expect(await settlementOf(aDelivery('a', attempt), broken)).toEqual(settlement)
  },
)

test('a delivery that ended its process again and again is not begun once more', async () => {
  const handle = vi.fn<Work['handle']>()

  const settlement = await settlementOf(aDelivery('a', 6), work(inboxOf().inbox, handle))

  expect(settlement.state).toBe('failed')
  expect(handle).not.toHaveBeenCalled()
})

test('a slow delivery does not keep the others waiting', async () => {
  const { inbox, settled, waiting } = inboxOf(aDelivery('slow'), aDelivery('quick'))
  const { promise, resolve } = Promise.withResolvers<string>()
  const worker = startWorker(
    work(inbox, ({ id }) => (id === 'slow' ? promise : Promise.resolve(id))),
  )
  await vi.waitFor(() => expect([...settled.keys()]).toEqual(['quick']))
  waiting.push(aDelivery('later'))
  worker.wake()
  await vi.waitFor(() => expect([...settled.keys()]).toEqual(['quick', 'later']))

  resolve('done')
  await worker.stop(1000)
  expect(settled.get('slow')).toEqual({ state: 'done', note: 'done' })
})

test('a worker that stops takes nothing more, waits for what it has, and gives back what takes too long', async () => {
  const { inbox, waiting, released, settled } = inboxOf(aDelivery('endless'))
  const worker = startWorker(work(inbox, () => new Promise(() => undefined)))
  await vi.waitFor(() => expect(waiting).toEqual([]))

  await worker.stop(50)
  waiting.push(aDelivery('late'))
  await sleep(60)

  expect(waiting).toHaveLength(1)
  expect(released).toEqual(['me'])
  expect(settled.size).toBe(0)
})

test('an inbox that does not answer for a while ends nothing', async () => {
  const { inbox, settled } = inboxOf(aDelivery('a'))
  let down = 3
  const flaky = {
    ...inbox,
    take: (...asked: Parameters<Inbox['take']>) =>
      down-- > 0 ? Promise.reject(new Error('down')) : inbox.take(...asked),
  }
  const worker = startWorker(work(flaky, () => Promise.resolve('fine')))

  await vi.waitFor(() => expect(settled.get('a')).toEqual({ state: 'done', note: 'fine' }))
  await worker.stop(1000)
})

test('what is asked for while a round is under way goes together into the next', async () => {
  const rounds: (readonly number[])[] = []
  const store = gathered(async (items: readonly number[]) => {
    rounds.push(items)
    await sleep(5)
    if (items.includes(4)) throw new Error('full')
  }, 2)

  const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(store))

  expect(rounds).toEqual([[1], [2, 3], [4, 5]])
  expect(ends.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 3 }, () => 'fulfilled'),
    ...Array.from({ length: 2 }, () => 'rejected'),
  ])
})

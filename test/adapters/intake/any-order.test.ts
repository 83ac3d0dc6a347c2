import { assert, asyncProperty, boolean, shuffledSubarray, tuple } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openInbox } from '#adapters/postgres/open-inbox.ts'
import { openClaims, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Event } from '#domain/event.ts'
import type { Claims } from '#ports/claims.ts'
import type { Inbox, NewDelivery } from '#ports/inbox.ts'

import { hubHouse } from '../../support/attack-world.ts'
import { databases } from '../../support/databases.ts'
import { afternoon } from '../../support/history.ts'
import { seed } from '../../support/seed.ts'

let inbox: Inbox
let claims: Claims
let close: () => Promise<void>

beforeAll(async () => {
  const database = await databases[0]?.[1]()
  if (database === undefined) throw new Error('there is no database')
  const pool = openPool(database.url, 8)
  ;({ inbox } = await openInbox(pool))
  await openRunStore(pool)
  claims = openClaims(pool)
  close = () => pool.end().then(() => database.close())
})

afterAll(() => close())

const atHead = { number: 12, branch: 'topic', base: 'main', sha: 'b'.repeat(40), isFork: false }

/** Everything that waits is handled, several at a time, by two processes that know nothing of each other. */
async function work(handle: (delivery: NewDelivery) => Promise<string>): Promise<void> {
  const one = async (holder: string): Promise<void> => {
    for (;;) {
      const taken = await inbox.take(holder, { limit: 5, leaseMs: 60_000 })
      if (taken.length === 0) return
      await Promise.all(
        taken.map(async (each) =>
          inbox.settle(holder, each.id, { state: 'done', note: await handle(each) }),
        ),
      )
    }
  }
  await Promise.all([one('first'), one('second')])
}

/** What came in, in the order it came, in two parts; what was lost comes at the end, when we ask for it. */
async function outcome(
  repository: number,
  order: (all: readonly NewDelivery[]) => readonly NewDelivery[][],
) {
  const { handle, started } = hubHouse({ role: 'write', atHead, claims })
  const all = afternoon(repository)
  for (const part of [...order(all), all]) {
    for (const delivery of part) await inbox.store([delivery])
    await work(handle)
  }
  return started().map(wanted).toSorted()
}

function wanted(event: Event): string {
  if (event.kind !== 'checks-failed') return event.kind
  const { branch, headSha, pullRequest, asked } = event.hosted
  return JSON.stringify([branch, headSha.slice(0, 1), event.base, pullRequest, asked])
}

const expected = [
  '["main","a",null,null,null]',
  // On the issue, for the default branch, whose tip the host names.
  '["main","b",null,null,{"issue":9,"comment":null}]',
  // Asked on the pull request, and its red checks: two runs, whoever was first.
  '["topic","b","main",12,null]',
  '["topic","b","main",5,{"issue":12,"comment":44}]',
]

const count = afternoon(1).length
const places = Array.from({ length: count }, (_, index) => index)
const order = tuple(
  // Lost are those that are not in it; some come twice, in another order, with work between or without.
  shuffledSubarray(places, { maxLength: count }),
  shuffledSubarray(places, { maxLength: count }),
  boolean(),
)
let repository = 1000

test('in the order in which it happened, each red commit and each time of asking is one run', async () => {
  expect(await outcome((repository += 1), (all) => [[...all]])).toEqual(expected)
})

test(`in any other order, with any of it twice and any of it late, it is the same (${count} deliveries, seed ${seed})`, async () => {
  const holds = asyncProperty(order, async ([first, second, isTogether]) => {
    const parts = isTogether ? [[...first, ...second]] : [first, second]
    repository += 1
    const came = await outcome(repository, (all) =>
      parts.map((part) => part.flatMap((index) => all[index] ?? [])),
    )
    return JSON.stringify(came) === JSON.stringify(expected)
  })
  await assert(holds, { seed, numRuns: 25 })
})

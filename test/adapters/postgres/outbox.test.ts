import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openOutbox } from '#adapters/postgres/open-reports.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { News } from '#domain/news.ts'
import type { Channel, Delivered, Outbox } from '#ports/news.ts'

import { newsroomOf, tellDue } from '../../../src/app-news.ts'
import { databases } from '../../support/databases.ts'

const news = (key: string): News => ({
  key,
  type: 'deploy.verified',
  subject: 'Good',
  brief: 'Good',
  full: 'Good',
  data: {},
})

/** A channel that ends as told, and what it got. */
function channel(name: Channel['name'], ...ends: readonly Delivered[]) {
  const sent: string[] = []
  const left = [...ends]
  const one: Channel = {
    name,
    async send(taken) {
      sent.push(`${taken.news.key} ${taken.attempt}`)
      return left.shift() ?? { kind: 'sent' }
    },
  }
  return { one, sent }
}

describe.each(databases.slice(0, 1))('news on %s', (_name, open) => {
  let pool: Pool
  let outbox: Outbox
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    pool = openPool(opened.url, 4)
    close = () => pool.end().then(() => opened.close())
    await openRunStore(pool)
    outbox = openOutbox(pool)
  })
  afterAll(() => close())

  const states = async (key: string) => {
    const { rows } = await pool.query<{ said: string }>(
      `select channel || ' ' || state as said from goalkeeper.news where key = $1 order by 1`,
      [key],
    )
    return rows.map(({ said }) => said)
  }
  const makeDue = () => pool.query(`update goalkeeper.news set due_at = clock_timestamp()`)
  const lines: string[] = []
  const tell = (line: string) => void lines.push(line)

  test('is told once on each channel, however often it is posted and by however many', async () => {
    const [slack, mail] = [channel('slack'), channel('mail')]
    const channels = [slack.one, mail.one]
    const room = newsroomOf(outbox, channels)
    await Promise.all([room.post(news('a')), room.post(news('a')), room.post(news('a'))])
    await Promise.all([1, 2, 3].map(() => tellDue({ outbox, channels, tell })))
    await room.post(news('a'))
    await tellDue({ outbox, channels, tell })
    expect([slack.sent, mail.sent]).toEqual([['a 1'], ['a 1']])
    expect(await states('a')).toEqual(['mail sent', 'slack sent'])
  })

  test('is tried again where nobody answered, and one dead channel keeps no other waiting', async () => {
    const slack = channel('slack', { kind: 'unreachable', problem: 'answered 500' })
    const mail = channel('mail')
    const channels = [slack.one, mail.one]
    await newsroomOf(outbox, channels).post(news('b'))
    await tellDue({ outbox, channels, tell })
    expect(await states('b')).toEqual(['mail sent', 'slack due'])
    await tellDue({ outbox, channels, tell })
    expect(slack.sent).toEqual(['b 1'])
    await makeDue()
    await tellDue({ outbox, channels, tell })
    expect(slack.sent).toEqual(['b 1', 'b 2'])
    expect(lines.at(-1)).toContain('by slack: it answered 500; again in 15 seconds')
  })

  test('is given up where it was refused, and where its channel is no more', async () => {
    const slack = channel('slack', { kind: 'refused', problem: 'answered 404' })
    await newsroomOf(outbox, [slack.one, channel('webhook').one]).post(news('c'))
    await tellDue({ outbox, channels: [slack.one], tell })
    expect(await states('c')).toEqual(['slack given-up', 'webhook given-up'])
    expect(lines.slice(-2).map((line) => line.split(': ')[1])).toEqual([
      'it answered 404; it is given up.',
      'it is not set; it is given up.',
    ])
  })

  test('where no channel is set nothing is kept', async () => {
    await newsroomOf(outbox, []).post(news('d'))
    expect(await states('d')).toEqual([])
  })
})

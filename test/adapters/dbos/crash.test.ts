import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDatabase, type Database } from '#adapters/postgres/database.ts'

import { until } from '../../support/service.ts'

const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-crash-'))
const child = join(import.meta.dirname, '../../support/engine-child.ts')
const phases = { one: ['append', 'append'], two: ['append', 'append'] }
const steps = ['one/step-1', 'one/step-2', 'two/step-1', 'two/step-2']
let database: Database

beforeAll(async () => {
  // Our place at the server keeps it up between the children.
  database = await openDatabase({ databaseUrl: null, directory })
})
afterAll(async () => {
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
})

interface Orders {
  readonly run: string
  readonly killAfter: string | null
  readonly executorId?: string
  readonly rounds?: boolean
  readonly phases?: Readonly<Record<string, readonly string[]>>
  readonly dayMs?: number
}

function start(orders: Orders) {
  const file = join(directory, `${orders.run}.lines`)
  const all = { directory, file, phases, executorId: 'crash', ...orders }
  return execa(process.execPath, [child, JSON.stringify(all)], { reject: false })
}

async function live(orders: Orders) {
  const result = await start(orders)
  return { signal: result.signal, printed: result.stdout.split('\n'), errors: result.stderr }
}

function timesRun(run: string): Record<string, number> {
  const lines = readFileSync(join(directory, `${run}.lines`), 'utf8').split('\n')
  return Object.fromEntries(
    steps.map((step) => [step, lines.filter((line) => line === `+ ${step}`).length]),
  )
}

describe('a process killed with -9 again and again goes on where it was', () => {
  test.each([
    ['inside every step', (step: string) => `+ ${step}`, 2],
    ['at the last moment of every step', (step: string) => `- ${step}`, 2],
    ['after every step', (step: string) => `ended ${step}`, 1],
  ])('%s', async (title, pointOf, times) => {
    const run = title.replaceAll(' ', '-')
    for (const step of steps) {
      const { signal, errors } = await live({ run, killAfter: pointOf(step) })
      expect({ step, signal, errors }).toEqual({ step, signal: 'SIGKILL', errors: '' })
    }

    const last = await live({ run, killAfter: null })

    expect(last.printed).toEqual(['up', 'succeeded'])
    expect(timesRun(run)).toEqual(Object.fromEntries(steps.map((step) => [step, times])))
  })

  test('after each phase', async () => {
    for (const phase of ['one', 'two']) {
      await live({ run: 'phases', killAfter: `ended ${phase}` })
    }

    const last = await live({ run: 'phases', killAfter: null })

    expect(last.printed).toEqual(['up', 'succeeded'])
    expect(timesRun('phases')).toEqual(Object.fromEntries(steps.map((step) => [step, 1])))
  })
})

test('a process killed between two rounds, and inside the second, loses none and begins none twice', async () => {
  const run = 'rounds'
  for (const killAfter of ['ended only', `${run}.2`]) {
    const { signal, errors } = await live({ run, killAfter, rounds: true })
    expect({ killAfter, signal, errors }).toEqual({ killAfter, signal: 'SIGKILL', errors: '' })
  }
  const last = await live({ run, killAfter: null, rounds: true })

  expect(last.printed).toEqual(['up', 'succeeded'])
  const lines = readFileSync(join(directory, `${run}.lines`), 'utf8')
    .trim()
    .split('\n')
  // The step that was killed is done again; the first round is not.
  expect(lines).toEqual([run, `${run}.2`, `${run}.2`])
})

test('a process killed while its run waits for the next day of the budget asks nobody again, and goes on when the day turns', async () => {
  const [run, dayMs] = ['day', 8000]
  const file = join(directory, `${run}.lines`)
  const orders = { run, killAfter: null, phases: { only: ['day'] }, dayMs }
  const process = start(orders)
  await until(async () => existsSync(file))
  await sleep(1500)
  process.kill('SIGKILL')
  await process
  const restarted = Date.now()
  const last = await live(orders)

  expect(last.printed).toEqual(['up', 'succeeded'])
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const [asked, woken, ...more] = lines.map((line) => line.split(' '))
  expect([asked?.[0], woken?.[0], more]).toEqual(['asked', 'woken', []])
  expect(Number(woken?.[1]) - Number(asked?.[1])).toBeGreaterThanOrEqual(dayMs)
  // It ends when it was to end: begun anew, the wait would be a day from here.
  expect(Number(woken?.[1]) - restarted).toBeLessThan(dayMs)
})

test('another process adopts the run of a dead one', async () => {
  await live({ run: 'orphan', killAfter: '+ one/step-2', executorId: 'first' })

  const second = await live({ run: 'orphan', killAfter: null, executorId: 'second' })

  expect(second.printed).toEqual(['up', 'succeeded'])
  expect(timesRun('orphan')).toEqual({
    'one/step-1': 1,
    'one/step-2': 2,
    'two/step-1': 1,
    'two/step-2': 1,
  })
})

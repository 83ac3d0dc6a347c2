import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { expect, test } from 'vitest'

import { chain, engineWorld, event, fileKinds } from '../../support/engine-world.ts'

const child = join(import.meta.dirname, '../../support/engine-child.ts')

test('two processes share the work of one database, and a repository is worked on by one at a time', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-two-'))
  const files = { ours: join(directory, 'ours'), theirs: join(directory, 'theirs') }
  const phases = { one: ['append', 'append'], two: ['append'] }
  const world = await engineWorld({
    directory,
    executorId: 'ours',
    beatMs: 200,
    kinds: fileKinds(files.ours),
    workflows: { chain: chain('chain', phases) },
  })
  const orders = { directory, file: files.theirs, phases, executorId: 'theirs' }
  const other = execa(process.execPath, [
    child,
    JSON.stringify({ ...orders, run: '', killAfter: null, serve: true }),
  ])
  other.catch(() => undefined)
  await new Promise((resolve) => {
    other.stdout.once('data', resolve)
  })

  const ids = Array.from({ length: 8 }, (_run, index) => `shared-${index}`)
  for (const id of ids) await world.engine.start(id, 'chain', event)
  // Half way through, the other process is killed: what it had in hand is done by us.
  await Promise.all(ids.slice(0, 4).map((id) => world.engine.result(id)))
  const told = world.told.filter(({ kind }) => kind === 'step-ended').length
  expect(told).toBeGreaterThanOrEqual(4 * 3)
  other.kill('SIGKILL')
  const ends = await Promise.all(ids.map((id) => world.engine.result(id)))

  expect(ends.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'))
  const attempts = (await Promise.all(ids.map((id) => world.store.attempts(id)))).flat()
  expect(attempts).toHaveLength(ids.length * 3)
  const times = attempts
    .map((one) => [one.startedAt, one.finishedAt ?? ''] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const overlaps = times.filter(([start], index) => start < (times[index - 1]?.[1] ?? ''))
  expect(overlaps).toEqual([])
  expect(readFileSync(files.theirs, 'utf8')).toContain('+ ')
  await world.stop()
  rmSync(directory, { recursive: true, force: true })
})

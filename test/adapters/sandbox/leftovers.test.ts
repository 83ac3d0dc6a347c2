import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { prepareMachine } from '#adapters/sandbox/machine.ts'

import { directoryWith } from '../../support/sandbox-machine.ts'

const child = join(import.meta.dirname, '../../support/leftovers-child.ts')
const hour = 3_600_000
let home: string
let temporary: string
const kills: (() => Promise<unknown>)[] = []

beforeAll(() => {
  home = directoryWith({})
})
beforeEach(() => {
  temporary = directoryWith({})
  vi.stubEnv('TMPDIR', temporary)
})
afterEach(async () => {
  await Promise.all(kills.splice(0).map((kill) => kill()))
  vi.unstubAllEnvs()
  rmSync(temporary, { recursive: true, force: true })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Another process on the same home, in the middle of a command. */
async function busy(): Promise<() => Promise<unknown>> {
  const started = execa(process.execPath, [child, home], { reject: false })
  const kill = (): Promise<unknown> => {
    started.kill('SIGKILL')
    return started
  }
  kills.push(kill)
  await new Promise((resolve) => {
    started.stdout.once('data', resolve)
  })
  return kill
}

function left(): readonly string[] {
  const sockets = readdirSync(temporary).filter((name) => name.startsWith('goalkeeper-registry-'))
  return [...readdirSync(join(home, 'runs')), ...sockets]
}

function age(path: string, ms: number): void {
  const time = new Date(Date.now() - ms)
  utimesSync(path, time, time)
}

test('what a killed process had in use is swept at the next start, and what a living one has is not', async () => {
  const kill = await busy()
  const two = left()
  prepareMachine({ home })
  expect(two).toHaveLength(2)
  expect(left()).toEqual(two)

  await kill()
  prepareMachine({ home })

  expect(left()).toEqual([])
})

test('a toolbox that is not ours goes a day after its last start, but never under a living process', () => {
  prepareMachine({ home })
  const shelf = join(home, 'toolbox')
  const now = readdirSync(shelf)
  const boxes = { abc1: hour, abc2: 25 * hour, abc3: 25 * hour, abc4: 0 }
  for (const name of Object.keys(boxes))
    mkdirSync(join(shelf, name, 'toolbox'), { recursive: true })
  const dead = '4194304.7'
  for (const claim of [`abc1.${dead}`, `abc2.${dead}`, `abc3.${process.pid}`]) {
    writeFileSync(join(shelf, `${claim}.claim`), '')
    age(join(shelf, `${claim}.claim`), claim.startsWith('abc1') ? hour : 25 * hour)
  }
  mkdirSync(join(shelf, `abc5.${dead}.partial`))

  prepareMachine({ home })

  expect(readdirSync(shelf).toSorted()).toEqual(
    [...now, 'abc1', `abc1.${dead}.claim`, 'abc3', `abc3.${process.pid}.claim`].toSorted(),
  )
})

test('half an installation is swept when nobody makes it any more', () => {
  const modules = join(home, 'modules')
  for (const name of ['made', 'left.partial', 'making.partial', 'fresh.partial'])
    mkdirSync(join(modules, name), { recursive: true })
  for (const name of ['left.partial', 'making.partial']) age(join(modules, name), hour)
  writeFileSync(join(modules, 'left.lock'), '4194304.7')
  writeFileSync(join(modules, 'making.lock'), String(process.pid))
  writeFileSync(join(modules, 'left.lock.4194304.7-1'), '4194304.7')

  prepareMachine({ home })

  expect(readdirSync(modules)).toEqual([
    'fresh.partial',
    'left.lock',
    'made',
    'making.lock',
    'making.partial',
  ])
})

test('a directory by our name that is not ours is left alone', () => {
  const theirs = join(temporary, 'goalkeeper-registry-4194304.7-theirs')
  mkdirSync(theirs)
  const mine = vi.spyOn(process, 'getuid').mockReturnValue(4242)

  prepareMachine({ home })

  mine.mockRestore()
  expect(readdirSync(temporary)).toContain('goalkeeper-registry-4194304.7-theirs')
})

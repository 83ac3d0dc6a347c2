import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { commandCarrier } from '#adapters/deploy/command-carrier.ts'
import type { DeployOrder } from '#ports/deployments.ts'

import { deployOrder } from '../../support/deploy-order.ts'
import { until } from '../../support/service.ts'

const child = join(import.meta.dirname, '../../support/command-child.ts')
const key = 'run_20261129T100000Z-0123abcd deploy'

let place: string
let folder: string
let home: string
let askedAt: Date | null

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'command-'))
  folder = join(place, 'commands')
  home = join(place, 'home')
  askedAt = null
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** The operator's command; each start of it leaves a line in `runs`. */
function command(script: string, path = 'octo/kiosk/production'): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho "$DEPLOY_ID" >> ${join(place, 'runs')}\n${script}\n`)
  chmodSync(file, 0o755)
}

function runs(): readonly string[] {
  const file = join(place, 'runs')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

const redact = (text: string) => text.replaceAll('hunter2', '[redacted]')

async function carry(of: Partial<DeployOrder> = {}, at = home) {
  const order = deployOrder({ key, ...of })
  return await commandCarrier({ folder, home: at, redact }).carry(order, {
    begunAt: new Date(),
    askedAt,
    trace: null,
    about: async () => void (askedAt = new Date()),
  })
}

async function ended(of: Partial<DeployOrder> = {}) {
  await until(async () => (await carry(of)).kind !== 'pending')
  return await carry(of)
}

describe('a command of the operator', () => {
  test('is told what to deploy and nothing of ours, once, and its words are kept', async () => {
    process.env['A_SECRET_OF_OURS'] = 'hunter3'
    command('env | sort; echo hunter2')
    const told = await ended()
    delete process.env['A_SECRET_OF_OURS']
    await carry()

    expect(told).toMatchObject({ kind: 'live', trace: null })
    const said = told.kind === 'live' ? (told.said ?? '') : ''
    expect(
      said.split('\n').filter((line) => !/^(PATH|HOME|PWD|SHLVL|_|OLDPWD)=/.test(line)),
    ).toEqual([
      'DEPLOY_ENVIRONMENT=production',
      `DEPLOY_ID=${key.replace(' ', '-')}`,
      'DEPLOY_REPOSITORY=octo/kiosk',
      `DEPLOY_SHA=${'a'.repeat(40)}`,
      'DEPLOY_TASK=deploy',
      '[redacted]',
    ])
    expect(runs()).toHaveLength(1)
  })

  test('is started once more for the way back, with the commit before', async () => {
    command('env | grep -E "^DEPLOY_(SHA|TASK)" | sort')
    await ended()
    const back = { task: 'rollback', key: 'run_2 rollback', sha: 'b'.repeat(40) } as const
    askedAt = null
    const said = `DEPLOY_SHA=${back.sha}\nDEPLOY_TASK=rollback`
    expect(await ended(back)).toMatchObject({ kind: 'live', said })
    expect(await ended(back)).toMatchObject({ kind: 'live', said })
    expect(runs()).toEqual([key.replace(' ', '-'), 'run_2-rollback'])
  })

  test('that fails has failed, with its last words', async () => {
    command('echo no room left by hunter2 >&2; exit 3')
    const detail = 'The command ended with exit code 3. no room left by [redacted]'
    expect(await ended()).toMatchObject({ kind: 'failed', detail })
    expect(runs()).toHaveLength(1)
  })

  test('whose time is over is killed with all it started, and nobody says how far it came', async () => {
    command(`sleep 30 & echo $! > ${join(place, 'pid')}; wait`)
    const brief = { patienceSeconds: 1 }
    await carry(brief)
    const file = join(home, 'deploy-commands', key.replace(' ', '-'), 'ended')
    await until(async () => existsSync(file))
    expect(await carry(brief)).toMatchObject({ kind: 'pending' })
    const pid = Number(readFileSync(join(place, 'pid'), 'utf8'))
    await until(async () => !existsSync(`/proc/${pid}`))
    expect(runs()).toHaveLength(1)
  })

  test.each([
    ['there is none', { environment: 'staging' }],
    ['the environment leads elsewhere', { environment: '..' }],
    ['it is no file', { environment: '.' }],
    [
      'it is that of another repository',
      { repository: { installation: 7, id: 12, owner: 'octo', name: 'shop' } },
    ],
  ])('is not found where %s', async (_what, of) => {
    command('true')
    expect(await carry(of)).toMatchObject({ kind: 'failed' })
    expect([runs(), askedAt]).toEqual([[], null])
  })
})

describe('a command is started once', () => {
  test('however many look at the same time', async () => {
    command('sleep 0.2')
    await Promise.all(Array.from({ length: 5 }, () => carry()))
    await ended()
    await sleep(500)
    expect(runs()).toHaveLength(1)
  })

  test('though who started it is killed: it goes on, and the next life sees how it ended', async () => {
    command('sleep 1; echo done')
    const life = execa(process.execPath, [child, folder, home, key], { reject: false })
    await until(async () => runs().length === 1)
    life.kill('SIGKILL')
    await life
    askedAt = new Date()
    expect(await carry()).toMatchObject({ kind: 'pending' })
    expect(await ended()).toMatchObject({ kind: 'live', said: 'done' })
    expect(runs()).toHaveLength(1)
  })

  test('also where it was said and noted, and not begun', async () => {
    command('true')
    mkdirSync(join(home, 'deploy-commands', key.replace(' ', '-')), { recursive: true })
    askedAt = new Date()
    expect(await ended()).toMatchObject({ kind: 'live' })
    expect(runs()).toHaveLength(1)
  })

  test('and not again where what was noted is gone, or another machine has it', async () => {
    command('true')
    await ended()
    const elsewhere = join(place, 'another home')
    expect(await carry({}, elsewhere)).toMatchObject({ kind: 'pending' })
    expect(existsSync(elsewhere)).toBe(false)
  })
})

import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { fixReport } from '#domain/report.ts'

import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
import { start } from '../support/product.ts'
import { commitQuickKiosk, twiceBroken } from '../support/quick-kiosk.ts'

let place: GitPlace
let kiosk: GitRepository
let home: string

beforeAll(() => {
  // Where nothing was ever started, until the first story begins.
  home = mkdtempSync(join(tmpdir(), 'goalkeeper-fresh-'))
  chmodSync(home, 0o755)
})
beforeEach(() => {
  place = gitPlace()
  kiosk = place.repository('kiosk')
  commitQuickKiosk(kiosk, twiceBroken, 'feat: sell tea')
})
afterEach(() => {
  place.remove()
})
afterAll(() => {
  rmSync(home, { recursive: true, force: true })
})

/** It is there as long as a server runs. */
const pidFile = () => join(home, 'postgres/cluster/data/postmaster.pid')
const fix = (...more: string[]) =>
  start(['fix', kiosk.directory, '--json', ...more], { GOALKEEPER_HOME: home })

describe('two commands on one repository and one new home', () => {
  test('start at once, and each leaves a whole branch of its own', async () => {
    const ends = await Promise.all([fix(), fix()])

    expect(ends.map(({ exitCode, stderr }) => [exitCode, exitCode === 0 ? '' : stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const reports = ends.map(({ stdout }) => fixReport.parse(JSON.parse(stdout)))
    const branches = reports.map(({ branch }) => branch?.name ?? '')
    expect(new Set(branches).size).toBe(2)
    for (const branch of branches) {
      const subjects = kiosk.git('log', '--format=%s', `main..${branch}`).trim().split('\n')
      expect(subjects).toHaveLength(2)
    }
    expect(kiosk.git('fsck', '--full', '--strict')).toBe('')
    expect(readdirSync(join(home, 'work'))).toEqual([])
    expect(existsSync(pidFile())).toBe(false)
  })

  test('do not need each other: one is killed, the other ends as if alone', async () => {
    const [killed, other] = [fix(), fix()]
    killed.stderr.on('data', () => {
      if (existsSync(join(home, 'work'))) killed.kill('SIGKILL')
    })

    const [, { exitCode, stdout, stderr }] = await Promise.all([killed, other])

    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' })
    const { repairs } = fixReport.parse(JSON.parse(stdout))
    expect(repairs.map(({ check }) => check)).toEqual(['receipts', 'labels'])
    const resumed = await fix('--resume')
    expect(resumed.exitCode).toBe(0)
    const branches = kiosk.git('branch', '--list', 'auto-fix/*').trim().split('\n')
    expect(branches).toHaveLength(2)
  })
})

describe('a start that fails', () => {
  test('ends with one sentence, leaves no server behind, and the next one works', async () => {
    const doctor = () => start(['doctor'], { GOALKEEPER_HOME: home })
    expect((await doctor()).exitCode).toBe(0)
    const version = join(home, 'postgres/cluster/data/PG_VERSION')
    const was = readFileSync(version, 'utf8')
    rmSync(version)

    const { exitCode, stdout, stderr } = await fix('--dry-run')

    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toMatch(/^Goalkeeper stopped: PostgreSQL did not start, see \S+$/)
    expect(existsSync(pidFile())).toBe(false)
    writeFileSync(version, was)
    expect((await doctor()).exitCode).toBe(0)
  })

  test('for want of the server that was named says so and ends', async () => {
    const { exitCode, stdout, stderr } = await start(['fix', kiosk.directory], {
      GOALKEEPER_HOME: home,
      DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:9/nothing',
    })

    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toContain('Goalkeeper stopped:')
    expect(stderr).not.toContain('hidden')
  })
})

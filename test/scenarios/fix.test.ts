import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
import { broken, commitKiosk } from '../support/kiosk.ts'
import { fix, goalkeeper, start } from '../support/product.ts'
import { coins, commitQuickKiosk, onceBroken, wrongTotal } from '../support/quick-kiosk.ts'

let place: GitPlace
let kiosk: GitRepository

beforeEach(() => {
  place = gitPlace()
  kiosk = place.repository('kiosk')
})
afterEach(() => {
  place.remove()
})

/** What a user would notice if it changed. */
function checkout() {
  const status = kiosk.git('status', '--porcelain', '--branch')
  const index = readFileSync(join(kiosk.directory, '.git/index')).toString('base64')
  return { head: kiosk.git('rev-parse', 'HEAD'), status, index }
}

describe('a red repository', () => {
  test('becomes one proved commit per repair on a branch that is green, and the checkout stays as it was', async () => {
    commitKiosk(kiosk, { ...broken.format, ...broken.import }, 'feat: sell tea')
    const before = checkout()

    const { exitCode, report } = await fix(kiosk.directory)

    expect(exitCode).toBe(0)
    expect(report.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['format', 'fixed'],
      ['types', 'fixed'],
      ['test', 'fixed'],
    ])
    expect(checkout()).toEqual(before)
    const branch = report.branch?.name ?? ''
    expect(branch).toMatch(/^auto-fix\/[\da-f]{8}-3-red-checks$/)
    const log = kiosk.git(
      'log',
      '--reverse',
      '--format=%(trailers:key=Run-Id,valueonly)%s',
      `main..${branch}`,
    )
    expect(log.split('\n').filter(Boolean)).toEqual([
      report.run,
      expect.stringMatching(/^fix: imported `total` from/),
      report.run,
      expect.stringMatching(/^fix: formatted src\/price.ts/),
    ])
    expect(kiosk.git('show', `${branch}:src/receipt.ts`)).toContain('type Item, total')

    const again = await fix(kiosk.directory, '--ref', branch)

    expect(again.exitCode).toBe(0)
    expect(again.report.checks.map(({ verdict }) => verdict)).toEqual(['green', 'green', 'green'])
    expect(again.report.branch).toBeNull()
  })

  test('is proved by its tests too when one check alone was asked about', async () => {
    commitKiosk(kiosk, broken.import, 'feat: sell tea')

    const { exitCode, report } = await fix(kiosk.directory, '--check', 'npm run types')

    expect(exitCode).toBe(0)
    expect(report.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['npm run types', 'fixed'],
      ['test', 'green'],
    ])
    const message = kiosk.git('log', '-1', '--format=%B', report.branch?.name ?? '')
    expect(message).toMatch(/`npm run test`\s+exit\s+0/)
  })

  test('stays as it is in a dry run, which still shows the fix', async () => {
    commitQuickKiosk(kiosk, onceBroken, 'feat: sell tea')

    const { exitCode, report } = await fix(kiosk.directory, '--dry-run')

    expect(exitCode).toBe(0)
    expect(report.repairs).toHaveLength(1)
    expect(kiosk.git('branch', '--list', 'auto-fix/*')).toBe('')
  })

  test('gets the fix into its working tree when asked, beside other work under way', async () => {
    commitQuickKiosk(kiosk, onceBroken, 'feat: sell tea')
    kiosk.write('notes.txt', 'not committed\n')

    await fix(kiosk.directory, '--apply')

    expect(kiosk.git('status', '--porcelain').split('\n')).toEqual([
      ' M src/label.mjs',
      '?? notes.txt',
      '',
    ])
  })
})

describe('what is not ours to fix', () => {
  test('a wrong calculation is reported with its finding, and no code is changed', async () => {
    commitQuickKiosk(kiosk, wrongTotal, 'feat: sell tea')

    const { exitCode, report } = await fix(kiosk.directory)

    expect(exitCode).toBe(1)
    const red = report.checks.find(({ name }) => name === 'receipts')
    expect(red?.verdict).toBe('red')
    expect(red?.reason).toBe('no-fix-found')
    expect(JSON.stringify(red?.findings)).toContain('a receipt names the total')
    expect(kiosk.git('branch', '--list', 'auto-fix/*')).toBe('')
  })

  test('a flaky test is called flaky and never fixed by changing code', async () => {
    commitQuickKiosk(kiosk, coins, 'test: throw coins')

    const { exitCode, report } = await fix(kiosk.directory)

    expect(exitCode).toBe(1)
    expect(report.checks.find(({ name }) => name === 'receipts')?.verdict).toBe('flaky')
    expect(report.repairs).toEqual([])
  })

  test('what was red on the base is noted and left alone, while the new failure is fixed', async () => {
    commitKiosk(kiosk, broken.logic, 'feat: sell tea')
    kiosk.git('switch', '--quiet', '--create', 'topic')
    commitKiosk(kiosk, { ...broken.logic, ...broken.import }, 'feat: print receipts')

    const { report } = await fix(kiosk.directory, '--check', 'npm run types', '--check', 'npm test')

    const verdicts = Object.fromEntries(report.checks.map(({ name, verdict }) => [name, verdict]))
    expect(verdicts['npm run types']).toBe('fixed')
    // The import kept the file from loading, and hid that its test was red all along.
    expect(verdicts['npm test']).toBe('pre-existing')
    expect(report.repairs.flatMap(({ files }) => files)).toEqual(['src/receipt.ts'])
  })
})

describe('a wrong question', () => {
  test.each([
    ['a directory without a repository', () => place.top, 'There is no git repository to read.'],
    ['a repository without checks', () => bare(), 'No check was found that can be run here.'],
  ])('%s is told in one sentence and ends with 2', async (_title, directory, sentence) => {
    const { exitCode, stdout, stderr } = await goalkeeper('fix', directory())
    expect(exitCode).toBe(2)
    expect(stdout + stderr).toContain(sentence)
  })

  test('a configuration that cannot be used is one error at its line', async () => {
    const configuration = 'checks:\n  test: { run: npm test }\nprotected: []\n'
    commitKiosk(kiosk, { '.github/goalkeeper.yml': configuration }, 'chore: configure')

    const { exitCode, stdout } = await goalkeeper('fix', kiosk.directory)

    expect(exitCode).toBe(2)
    expect(stdout).toContain('.github/goalkeeper.yml:3:1')
  })
})

test('in a job of GitHub Actions nothing that is printed is an order to the runner', async () => {
  const { stderr } = await start(['fix', place.top], { GITHUB_ACTIONS: 'true' })

  const [first = '', ...rest] = stderr.trim().split('\n')
  expect(first).toMatch(/^::stop-commands::[\w-]{36}$/)
  expect(rest.at(-1)).toBe(`::${first.slice('::stop-commands::'.length)}::`)
})

function bare(): string {
  kiosk.write('README.md', 'nothing to check\n')
  kiosk.commit('docs: begin')
  return kiosk.directory
}

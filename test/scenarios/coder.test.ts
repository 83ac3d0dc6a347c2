import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'

import { fixReport } from '#domain/report.ts'

import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
import { broken, commitKiosk } from '../support/kiosk.ts'
import { call, modelEndpoint, submit, type Turn } from '../support/model-endpoint.ts'
import { start } from '../support/product.ts'

const key = 'a-key-that-nobody-may-see-0815'
let place: GitPlace
let kiosk: GitRepository

beforeEach(() => {
  place = gitPlace()
  kiosk = place.repository('kiosk')
})
afterEach(() => {
  place.remove()
})

/** `fix` with a model behind an endpoint of this machine. */
async function fixWith(script: readonly Turn[]) {
  const endpoint = await modelEndpoint(script)
  onTestFinished(() => endpoint.stop())
  const { exitCode, stdout, stderr } = await start(
    ['fix', kiosk.directory, '--json', '--check', 'npm test'],
    {
      CODER_PROVIDER: 'openai-compatible',
      CODER_MODEL: 'fake',
      CODER_BASE_URL: endpoint.url,
      CODER_API_KEY: key,
      CODER_PRICE_INPUT: '3',
      CODER_PRICE_OUTPUT: '15',
    },
  )
  if (stdout === '') throw new Error(stderr)
  return { exitCode, report: fixReport.parse(JSON.parse(stdout)), stdout, stderr, endpoint }
}

test('a wrong calculation is repaired by a model, proved by the test, and told with its cost', async () => {
  commitKiosk(kiosk, {}, 'feat: open')
  commitKiosk(kiosk, broken.logic, 'feat: change the total')

  const { exitCode, report, stdout, stderr, endpoint } = await fixWith([
    // Its first idea is to change the test: refused. Then to print what it finds, and at last the cause.
    call('write', { path: 'test/receipt.test.ts', content: '' }),
    call('read', { path: 'src/price.ts' }),
    call('replace', { path: 'src/price.ts', search: 'sum - item', replace: 'sum + item' }),
    call('run_check', { name: 'npm test' }),
    call('submit', { rationale: `The total was subtracted. ${key}` }),
    submit,
  ])

  expect(exitCode).toBe(0)
  expect(report.repairs).toMatchObject([{ strategies: ['coder/openai-compatible/fake'] }])
  expect(report.cost).toMatchObject({ attempts: 1, source: 'measured', tokens: 5500 })
  expect(report.cost?.dollars).toBeCloseTo(0.0225)
  const branch = report.branch?.name ?? ''
  expect(kiosk.git('diff', '--stat', 'main', branch)).toContain('src/price.ts | 2 +-')
  expect(kiosk.git('log', '-1', '--format=%B', branch)).toContain('The total was subtracted.')
  // What it did was seen inside the sandbox, and our key is in no record, commit, prompt or log.
  const seen = endpoint.heard.map(({ body }) => body).join('')
  expect(seen).toContain('exit code 0')
  expect(`${stdout}${stderr}${seen}${kiosk.git('log', '-p', branch)}`).not.toContain(key)
})

import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'

import { fixReport } from '#domain/report.ts'

import { cheapKiosk } from '../support/cheap-kiosk.ts'
import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
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

function commit(files: Readonly<Record<string, string>>, message: string): void {
  for (const [path, content] of Object.entries(files)) kiosk.write(path, content)
  kiosk.commit(message)
}

/** `fix` with a model behind an endpoint of this machine. */
async function fixWith(script: readonly Turn[]) {
  const endpoint = await modelEndpoint(script)
  onTestFinished(() => endpoint.stop())
  const { exitCode, stdout, stderr } = await start(
    ['fix', kiosk.directory, '--json', '--check', 'node --test'],
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
  const tests = cheapKiosk['test/receipt.test.js']
  // Red, it tells what of our environment is within its reach.
  const telling = tests.replace("'3 cents')", "'3 cents', Object.keys(process.env).join())")
  const broken = cheapKiosk['src/price.js'].replace('sum + item', 'sum - item')
  commit({ ...cheapKiosk, 'test/receipt.test.js': telling }, 'feat: open')
  commit({ 'src/price.js': broken }, 'feat: change the total')

  const { exitCode, report, stdout, stderr, endpoint } = await fixWith([
    // Its first idea is to change the test: refused. Then to print what it finds, and at last the cause.
    call('write', { path: 'test/receipt.test.js', content: '' }),
    call('read', { path: 'src/price.js' }),
    call('replace', { path: 'src/price.js', search: 'sum - item', replace: 'sum + item' }),
    call('run_check', { name: 'node --test' }),
    call('submit', { rationale: `The total was subtracted. ${key}` }),
    submit,
  ])

  expect(exitCode).toBe(0)
  expect(report.repairs).toMatchObject([{ strategies: ['coder/openai-compatible/fake'] }])
  expect(report.cost).toMatchObject({ attempts: 1, source: 'measured', tokens: 5500 })
  expect(report.cost?.dollars).toBeCloseTo(0.0225)
  const branch = report.branch?.name ?? ''
  expect(kiosk.git('diff', '--stat', 'main', branch)).toContain('src/price.js | 2 +-')
  expect(kiosk.git('log', '-1', '--format=%B', branch)).toContain('The total was subtracted.')
  // What it did was seen inside the sandbox, and our key is in no record, commit, prompt or log.
  const seen = endpoint.heard.map(({ body }) => body).join('')
  expect(seen).toContain('exit code 0')
  expect(seen).toContain('PATH')
  expect(seen).not.toContain('CODER_')
  expect(`${stdout}${stderr}${seen}${kiosk.git('log', '-p', branch)}`).not.toContain(key)
})

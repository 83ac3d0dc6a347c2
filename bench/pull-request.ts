import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { type HostedShop, openHostedShop } from '../test/support/hosted-shop.ts'
import { inColumns } from './columns.ts'
import { run } from './proving/shell.ts'

// From the webhook of a red check to the pull request, against somebody who knows the answer: fetch, the failing command
// twice, the right line, a commit, a push, a pull request by the same API of the same server. Both on one repository, in turns.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const goal = 1.3

const receipt = (module: string): string => `import { total } from '${module}'

export const receipt = (items) => \`\${total(items)} cents\`
`
const command = ['node', '--test'] as const

/** Tests that take as long as those of a library in the middle: most of it is the processes of their files. */
const tests = Array.from({ length: 40 }, (_test, at) => [
  `test/${at}.test.js`,
  `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { receipt } from '../src/receipt.js'

test('receipt ${at}', () => assert.equal(receipt([${at}, 2]), '${at + 2} cents'))
`,
])
const library: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml':
    'name: ci\non: { push: { branches: [main] }, pull_request: { branches: [main] } }\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n      - run: node --test\n',
  'src/price.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/receipt.js': receipt('./price.js'),
  ...Object.fromEntries(tests),
}

/** Milliseconds from the webhook, or from its moment by hand: until red was seen, until green was seen, until the pull request. */
interface Way {
  readonly redMs: number
  readonly greenMs: number
  readonly endMs: number
}
interface Pair {
  readonly byHand: Way
  readonly ours: Way
  /** What the same person needs to read on GitHub what is red, to say there that somebody is at work, and to look again before proposing. */
  readonly tellingMs: number
}

const pairs: Pair[] = []
for (let round = 0; round < Number(values.rounds); round += 1) pairs.push(await pairIn())
const seconds = (of: readonly number[]): string => `${(median(of) / 1000).toFixed(2)} s`
const part = (what: string, from: keyof Way | null, to: keyof Way): readonly string[] => {
  const [hand, ours] = (['byHand', 'ours'] as const).map((whose) =>
    pairs.map(({ [whose]: way }) => way[to] - (from === null ? 0 : way[from])),
  )
  return [what, seconds(hand ?? []), seconds(ours ?? []), '', '']
}
process.stdout.write(
  `${inColumns([
    ['what', 'by hand', 'goalkeeper', 'ratio', 'goal'],
    total('from the webhook of a red check to the pull request', () => 0),
    total('the same, read and told on GitHub by hand too', ({ tellingMs }) => tellingMs),
    part('  of it: until the check is seen red', null, 'redMs'),
    part('  from there until it is seen green', 'redMs', 'greenMs'),
    part('  from there until the pull request', 'greenMs', 'endMs'),
  ])}\n`,
)

function total(what: string, more: (pair: Pair) => number): readonly string[] {
  const hand = pairs.map((pair) => pair.byHand.endMs + more(pair))
  const ours = pairs.map((pair) => pair.ours.endMs)
  const ratio = median(ours.map((ms, at) => ms / (hand[at] ?? NaN)))
  const verdict = `<= ${goal}x: ${ratio <= goal ? 'met' : 'missed'}`
  return [what, seconds(hand), seconds(ours), `${ratio.toFixed(2)}x`, verdict]
}

/** The first failure warms both up; the second is measured. A repository gets two pull requests an hour. */
async function pairIn(): Promise<Pair> {
  const home = mkdtempSync(join(tmpdir(), 'goalkeeper-bench-hosted-'))
  chmodSync(home, 0o711)
  const world = await openHostedShop(library, { home })
  const service = world.start()
  try {
    await service.until('ready')
    await byHand(world, './prize.js')
    await byGoalkeeper(world, service, './prise.js')
    const { way: byHandWay, sha } = await byHand(world, './proce.js')
    const tellingMs = await telling(world, sha)
    const ours = await byGoalkeeper(world, service, './pirce.js')
    process.stderr.write(`${JSON.stringify({ byHandWay, tellingMs, ours })}\n`)
    return { byHand: byHandWay, ours, tellingMs }
  } finally {
    service.process.kill('SIGTERM')
    await service.process
    await world.close()
  }
}

async function byGoalkeeper(
  { shop, fixesFor }: HostedShop,
  { process: { stdout } }: ReturnType<HostedShop['start']>,
  wrong: string,
): Promise<Way> {
  const before = (await fixesFor('main')).length
  const sha = await shop.maria.checkout.push('main', { 'src/receipt.js': receipt(wrong) })
  await soon(async () => (await checksOf(shop, sha)).includes('failure'))
  const started = performance.now()
  let [redMs, greenMs] = [NaN, NaN]
  const listen = (told: Buffer): void => {
    const line = String(told)
    if (Number.isNaN(redMs) && line.includes(' is red: ')) redMs = performance.now() - started
    if (line.includes('Corrected the import path')) greenMs = performance.now() - started
  }
  stdout.on('data', listen)
  await soon(async () => (await fixesFor('main')).length > before)
  const endMs = performance.now() - started
  stdout.off('data', listen)
  await shop.github.settled()
  await shop.maria.checkout.push('main', { 'src/receipt.js': receipt('./price.js') })
  await shop.github.settled()
  return { redMs, greenMs, endMs }
}

async function byHand({ shop }: HostedShop, wrong: string): Promise<{ way: Way; sha: string }> {
  const { git, directory } = shop.maria.checkout
  const file = join(directory, 'src/receipt.js')
  const topic = `topic-${wrong.replaceAll(/\W/g, '')}`
  // Red on a branch that no check watches, so that nobody else is at work meanwhile.
  const sha = await shop.maria.checkout.push(topic, { 'src/receipt.js': receipt(wrong) })
  await shop.github.settled()
  await git('checkout', '--quiet', 'main')
  const started = performance.now()
  await git('fetch', '--quiet', 'origin')
  await git('checkout', '--quiet', '-B', `fix-${topic}`, sha)
  const red = await run(command, directory)
  const redMs = performance.now() - started
  writeFileSync(file, readFileSync(file, 'utf8').replace(wrong, './price.js'))
  const green = await run(command, directory)
  const greenMs = performance.now() - started
  await git('commit', '--quiet', '--all', '--message', 'fix: the module of the total')
  await git('push', '--quiet', 'origin', `fix-${topic}`)
  await shop.maria.octokit.rest.pulls.create({
    ...shop.at,
    head: `fix-${topic}`,
    base: topic,
    title: 'fix: the module of the total',
  })
  const endMs = performance.now() - started
  if (red.ok || !green.ok) throw new Error(`${red.output}\n${green.output}`)
  await shop.github.settled()
  await git('checkout', '--quiet', 'main')
  return { way: { redMs, greenMs, endMs }, sha }
}

/** Nothing is proved by it: what is run by hand above is all that Goalkeeper runs in this repository. */
async function telling({ shop }: HostedShop, sha: string): Promise<number> {
  const { checks, actions, repos } = shop.octokit.rest
  const started = performance.now()
  const { data: main } = await repos.getBranch({ ...shop.at, branch: 'main' })
  const { data: seen } = await checks.listForRef({ ...shop.at, ref: main.commit.sha })
  const job = seen.check_runs.find(({ name }) => name === 'test')
  if (job === undefined) throw new Error('there is no job to read')
  await actions.downloadJobLogsForWorkflowRun({ ...shop.at, job_id: job.id })
  const of = { ...shop.at, name: 'at work' }
  const { data: shown } = await checks.create({ ...of, head_sha: sha, status: 'in_progress' })
  await repos.getBranch({ ...shop.at, branch: 'main' })
  await shop.maria.octokit.rest.pulls.list({ ...shop.at, state: 'open' })
  await checks.update({ ...of, check_run_id: shown.id, conclusion: 'success' })
  return performance.now() - started
}

async function checksOf({ maria, at }: HostedShop['shop'], ref: string) {
  const { data } = await maria.octokit.rest.checks.listForRef({ ...at, ref })
  return data.check_runs.map(({ conclusion }) => conclusion)
}

/** Looked at often: what is measured takes seconds. */
async function soon(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2400; tries += 1) {
    if (await isSo()) return
    await sleep(50)
  }
  throw new Error('it did not come to that')
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN
}

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { type Blamed, blame, openGoalkeeper } from './blaming/by-goalkeeper.ts'
import { type Case, cases } from './blaming/cases.ts'
import { newHistory } from './blaming/history.ts'
import { inColumns } from './columns.ts'
import { randomFrom } from './injections/random.ts'
import { git } from './proving/shell.ts'

// Whether the right commit is blamed: histories that a seed determines, each with a known culprit, or with none. The goal
// is that nobody is blamed wrongly (precision 100 %); the runs are held against the information limit, log2 of the line.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'november' },
    only: { type: 'string', multiple: true, default: [] },
    most: { type: 'string', default: '1000' },
    /** A file that keeps what was tried: started again, only what is missing is run. */
    kept: { type: 'string' },
  },
})

interface Tried extends Blamed {
  readonly kind: string
  readonly number: number
  readonly guilty: readonly string[]
  /** Commits of the line, and the fewest looks that could tell them apart. */
  readonly line: number
}

const folder = mkdtempSync(join(tmpdir(), 'goalkeeper-culprit-'))
const app = await openGoalkeeper(join(folder, 'home'))
try {
  const chosen = cases
    .filter(({ kind }) => values.only.length === 0 || values.only.includes(kind))
    .slice(0, Number(values.most))
  const tried: Tried[] = []
  for (const each of chosen) tried.push(known(each) ?? (await attempt(each)))
  process.stdout.write(`${tableOf(tried)}\n`)
  process.exitCode = tried.some(({ named, guilty }) => wrong(named, guilty) > 0) ? 1 : 0
} finally {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function attempt({ kind, number, write }: Case): Promise<Tried> {
  const directory = join(folder, `${kind.replaceAll(' ', '-')}-${number}`)
  const history = await newHistory(directory)
  const { guilty, good } = await write(history, randomFrom(`${values.seed} ${kind} ${number}`))
  const line = Number(await git(directory, 'rev-list', '--count', '--first-parent', 'HEAD'))
  const blamed = await blame(app, directory, good)
  const said = `${kind} ${number}: ${blamed.named.length} named, ${wrong(blamed.named, guilty)} wrongly, ${blamed.runs} runs`
  process.stderr.write(`${said}, ${blamed.seconds.toFixed(1)} s\n`)
  const tried = { kind, number, guilty, line, ...blamed }
  if (values.kept !== undefined) appendFileSync(values.kept, `${JSON.stringify(tried)}\n`)
  return tried
}

/** What the file has of an earlier start. */
function known({ kind, number }: Case): Tried | null {
  if (values.kept === undefined || !existsSync(values.kept)) return null
  const lines = readFileSync(values.kept, 'utf8').split('\n').filter(Boolean)
  const before: Tried[] = lines.map((line) => JSON.parse(line))
  return before.find((one) => one.kind === kind && one.number === number) ?? null
}

function wrong(named: readonly string[], guilty: readonly string[]): number {
  return named.filter((sha) => !guilty.includes(sha)).length
}

function tableOf(tried: readonly Tried[]): string {
  const kinds = [...new Set(tried.map(({ kind }) => kind))]
  const head = [
    'history',
    'tried',
    'guilty',
    'named',
    'wrongly',
    'precision',
    'recall',
    'commits run',
    'log2 n',
    'runs',
    'reverted',
    'median s',
  ]
  const rows = kinds.map((kind) =>
    row(
      kind,
      tried.filter((one) => one.kind === kind),
    ),
  )
  return inColumns([head, ...rows, row('ALL', tried)])
}

function row(kind: string, of: readonly Tried[]): string[] {
  const sum = (count: (one: Tried) => number): number =>
    of.reduce((all, one) => all + count(one), 0)
  const guilty = sum((one) => one.guilty.length)
  const named = sum((one) => one.named.length)
  const wrongly = sum((one) => wrong(one.named, one.guilty))
  const mean = (count: (one: Tried) => number): string => (sum(count) / of.length).toFixed(1)
  const seconds = of.map((one) => one.seconds).toSorted((a, b) => a - b)
  return [
    kind,
    `${of.length}`,
    `${guilty}`,
    `${named}`,
    `${wrongly}`,
    share(named - wrongly, named),
    share(named - wrongly, guilty),
    mean(({ commits }) => commits),
    mean(({ line }) => Math.log2(line)),
    mean(({ runs }) => runs),
    `${of.filter(({ reverted }) => reverted).length}`,
    (seconds[Math.floor(seconds.length / 2)] ?? NaN).toFixed(1),
  ]
}

function share(part: number, all: number): string {
  return all === 0 ? '' : `${Math.round((100 * part) / all)} %`
}

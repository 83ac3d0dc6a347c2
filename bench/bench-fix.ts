import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { catalogue } from './injections/catalogue.ts'
import { type Entry, Journal } from './proving/journal.ts'
import { type Options, readOptions } from './proving/options.ts'
import { type Case, planCases, someOfEach } from './proving/plan.ts'
import { ProvingGround } from './proving/proving-ground.ts'
import { commands } from './proving/repositories.ts'
import { renderRows, rowsOf } from './proving/table.ts'
import { tryCase } from './proving/try-case.ts'
import { readRepository, repositoryNames } from './repository-files.ts'

const options = readOptions(process.argv.slice(2), join(tmpdir(), 'goalkeeper-bench-fix'))
const journal = new Journal(
  options.folder,
  `${options.seed}${options.validate ? '-validated' : ''}`,
)
const cases = wantedCases(options)
const grounds: Record<string, ReturnType<typeof openGround>> = {}
const done = new Map(journal.entries().map((entry) => [entry.id, entry]))
note(
  `seed ${options.seed}, ${cases.length} failures planned, ${done.size} known, results in ${options.folder}`,
)

const waiting = cases.filter(({ id }) => !done.has(id))
/** A repository has one proving ground, and so one failure at a time. */
const busy = new Set<string>()
await Promise.all(Array.from({ length: options.atOnce }, lane))
report(cases.flatMap(({ id }) => done.get(id) ?? []))

async function lane(): Promise<void> {
  for (;;) {
    const at = waiting.findIndex(({ repository }) => !busy.has(repository))
    const [one] = at < 0 ? [] : waiting.splice(at, 1)
    if (one === undefined) return
    busy.add(one.repository)
    await tryOne(one)
    busy.delete(one.repository)
  }
}

async function tryOne(one: Case): Promise<void> {
  const entry = await tryCase(one, await placeFor(one))
  journal.add(entry)
  done.set(entry.id, entry)
  const tried = cases.filter(({ id }) => done.has(id)).length
  note(
    `${tried}/${cases.length} ${entry.id}: ${entry.verdict} ${entry.because} (${entry.description}; ${entry.check})`,
  )
}

function wantedCases({ each, limit, only, repositories, seed }: Options): Case[] {
  const names = repositoryNames().filter(
    (name) => repositories.length === 0 || repositories.includes(name),
  )
  const injectors = catalogue.filter(({ name }) => only.length === 0 || only.includes(name))
  const files = names.map((name) => ({ name, files: readRepository(name) }))
  return someOfEach(planCases(files, injectors, seed), each).slice(0, limit)
}

async function placeFor({ repository }: Case) {
  grounds[repository] ??= openGround(repository)
  const { green, ground } = await grounds[repository]
  return { ground, green, folder: options.folder, validate: options.validate }
}

/** A repository that is red before anything was broken would make every figure a lie. */
async function openGround(name: string): Promise<{ ground: ProvingGround; green: string }> {
  const own = commands[name]
  if (!own) throw new Error(`bench/proving/repositories.ts says nothing about ${name}`)
  const ground = new ProvingGround(join(options.folder, 'grounds', name), own)
  const green = await ground.begin(readRepository(name))
  const red = await ground.firstRed(green)
  if (red) throw new Error(`${name} is red before it is broken: ${red.check}\n${red.output}`)
  return { ground, green }
}

function report(entries: readonly Entry[]): void {
  const rows = rowsOf(entries)
  if (options.json)
    process.stdout.write(`${JSON.stringify({ seed: options.seed, rows, entries }, null, 2)}\n`)
  else {
    process.stdout.write(`${renderRows(rows)}\n`)
    for (const { because, id, review, verdict } of entries) {
      if (review !== '') process.stdout.write(`\n${verdict} ${id}: ${because}\n${review}\n`)
    }
  }
  if (entries.some(({ verdict }) => verdict === 'unsound')) process.exitCode = 1
}

function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

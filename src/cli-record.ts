import { fixFact } from '#domain/fix-fact.ts'
import { withheld, withheldType } from '#domain/withheld.ts'
import { fixReport } from '#messages/fix-report.ts'
import { runList, unknownRun, wouldHave } from '#messages/record.ts'
import { reportText } from '#messages/report.ts'
import { withheldText } from '#messages/withheld.ts'
import type { RunStore } from '#ports/run-store.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

interface RecordOptions {
  readonly json: boolean
}

const mostListed = 50

/** What is on record: the newest runs, or one run with what it would have published. Answers the exit code. */
export function recordCommand(id: string | null, options: RecordOptions): Promise<number> {
  return onRecord(({ store }) => (id === null ? list(store, options) : show(store, id, options)))
}

async function list(store: RunStore, { json }: RecordOptions): Promise<number> {
  const all = await store.runs({})
  const runs = all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(-mostListed)
  process.stdout.write(json ? `${JSON.stringify(runs, null, 2)}\n` : runList(runs))
  return exitCodes.green
}

async function show(store: RunStore, id: string, { json }: RecordOptions): Promise<number> {
  const run = await store.run(id)
  if (run === null) {
    process.stderr.write(`${unknownRun(id)}\n`)
    return exitCodes.usage
  }
  const entries = await store.audit(id)
  const facts = entries.filter(({ type }) => type.startsWith('fix-'))
  const report = fixReport(
    run,
    facts.map(({ data }) => fixFact.parse(data)),
  )
  const kept = entries.filter(({ type }) => type === withheldType)
  const would = kept.map(({ data }) => withheld.parse(data))
  if (json) process.stdout.write(`${JSON.stringify({ ...report, withheld: would }, null, 2)}\n`)
  else process.stdout.write(reportText(report))
  if (!json && would.length > 0) process.stdout.write(`\n${wouldHave}\n\n${withheldText(would)}\n`)
  return exitCodes.green
}

import { type FixFact, fixFact } from '#domain/fix-fact.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Run } from '#domain/run.ts'
import { appliedNote } from '#messages/command-line.ts'
import { fixReport } from '#messages/fix-report.ts'
import { totalLine } from '#messages/progress.ts'
import { reportText } from '#messages/report.ts'

import type { App } from './app.ts'
import { exitCodes } from './cli-settings.ts'

interface Finishing {
  readonly id: string
  readonly json: boolean
  readonly apply: boolean
  /** Told the branch that was left. */
  readonly onBranch: (branch: string) => void
}

/** Renders the report of a run that ended from what is on record, applies the fix if asked, and answers the exit code. */
export async function finishFix(app: App, finishing: Finishing): Promise<number> {
  const run = await app.store.run(finishing.id)
  if (run === null) throw new Error(`There is no record of ${finishing.id}.`)
  const facts = await factsOf(app, finishing.id)
  const report = fixReport(run, facts)
  process.stderr.write(`\n${totalOf(run)}\n`)
  process.stdout.write(finishing.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report))
  if (report.branch?.delivered === true) {
    finishing.onBranch(report.branch.name)
    if (finishing.apply) await apply(app, facts)
  }
  await app.repositories.release(finishing.id)
  return codeOf(run)
}

async function factsOf({ store }: App, id: string): Promise<readonly FixFact[]> {
  const entries = await store.audit(id)
  return entries
    .filter(({ type }) => type.startsWith('fix-'))
    .map(({ data }) => fixFact.parse(data))
}

/** Puts the proved fix into the working tree too, where the files it touches are as they were committed. */
async function apply({ repositories }: App, facts: readonly FixFact[]): Promise<void> {
  const place = facts.find((fact) => fact.kind === 'place')
  const patch = facts.reduce<Patch>(
    (all, fact) => (fact.kind === 'repair' ? combine(all, fact.repair.patch) : all),
    [],
  )
  if (place === undefined || patch.length === 0) return
  const mirror = await repositories.mirror(place.origin)
  const applied = await repositories.applyTo(mirror, place.headSha, patch)
  process.stderr.write(`${appliedNote(applied)}\n`)
}

/** The last line of the progress (S0-40): what is left of the tree when somebody comes back to it. */
function totalOf({ workflow, outcome, startedAt, finishedAt }: Run): string {
  const ms = Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)
  return totalLine(workflow, succeeded(outcome), ms)
}

function succeeded(outcome: Run['outcome']): boolean {
  return outcome === 'success' || outcome === 'success_with_warnings'
}

function codeOf({ outcome, reason }: Run): number {
  if (succeeded(outcome)) return exitCodes.green
  const usage = [
    'no-repository',
    'repository-too-large',
    'no-commit',
    'no-checks',
    'configuration-invalid',
  ]
  return reason !== null && usage.includes(reason) ? exitCodes.usage : exitCodes.red
}

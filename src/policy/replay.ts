import type { Account, RunAccount } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import type { Replayed } from '#domain/replay.ts'
import { type DeployWeighed, mostWeighed } from '#domain/rollback.ts'
import type { WatchVerdict } from '#domain/watch.ts'

import { troubleOf } from './ci-trouble.ts'
import { deployEnd } from './deploy-end.ts'
import { judgeRates } from './regression.ts'
import { replayGate } from './replay-gate.ts'
import { riskOnRecord } from './risk.ts'

/** What would be decided today from what is on record of a task, with its gates by run; nothing is asked and nothing done. */
export function replay(
  { runs }: Account,
  gates: ReadonlyMap<string, GateRecord>,
): readonly Replayed[] {
  return runs.flatMap((one) => [
    ...heard(one),
    ...weighed(one),
    ...gated(one, gates.get(one.run.id)),
    ...watched(one),
  ])
}

function gated({ run, deploy }: RunAccount, record: GateRecord | undefined): readonly Replayed[] {
  if (deploy === null || record === undefined) return []
  const of = record.environment
  return replayGate(record, deploy.what).map((one) => ({ run: run.id, of, ...one }))
}

/** The safety policy on what was repaired, and on what was deployed. */
function weighed({ run, facts, deploy, weighed: found }: RunAccount): readonly Replayed[] {
  const patched = facts.flatMap(({ what: fact }) =>
    fact.kind === 'repair' ? fact.repair.patch.map(({ path }) => path) : [],
  )
  const judged = facts.flatMap(({ what: fact }) =>
    fact.kind === 'judgement'
      ? [safety(run.id, fact.title, { files: patched, risk: fact.risk })]
      : [],
  )
  if (deploy === null || found === null) return judged
  return [...judged, safety(run.id, deploy.what.environment, found)]
}

function safety(
  run: string,
  of: string,
  { files, risk }: Pick<DeployWeighed, 'files' | 'risk'>,
): Replayed {
  const isRead = risk !== null && files.length <= mostWeighed
  const today = isRead ? riskOnRecord(files, risk).level : null
  return { run, what: 'safety', of, before: risk?.level ?? 'not on record', today }
}

function heard({ run, facts }: RunAccount): readonly Replayed[] {
  return facts.flatMap(({ what: fact }) => {
    if (fact.kind !== 'ci-report') return []
    const [before, today] = [fact.trouble, troubleOf(fact.report)].map((one) => JSON.stringify(one))
    return before === undefined || today === undefined
      ? []
      : [{ run: run.id, what: 'ci-trouble' as const, of: fact.report.check, before, today }]
  })
}

function watched({ run, deploy }: RunAccount): readonly Replayed[] {
  if (deploy === null) return []
  const { what: facts } = deploy
  const { environment: of, state } = facts
  const verdict = verdictToday(facts)
  const end = endToday(facts, verdict)
  return [
    ...(facts.times.decided === null
      ? []
      : [
          {
            run: run.id,
            what: 'verdict' as const,
            of,
            before: verdictThen(facts),
            today: wordsOf(verdict),
          },
        ]),
    { run: run.id, what: 'end' as const, of, before: state, today: end },
  ]
}

function verdictThen({ state, because }: DeployFacts): string {
  if (state === 'verified') return 'pass'
  return because ?? 'not judged'
}

function wordsOf(verdict: WatchVerdict | null): string | null {
  if (verdict === null) return null
  return verdict.kind === 'pass' ? 'pass' : verdict.because
}

/** Null where it was judged from probes or reports, which are not on record, or from nothing. */
function verdictToday({ seen, because }: DeployFacts): WatchVerdict | null {
  if (seen.after === null || (because !== null && notOnRecord.has(because))) return null
  return judgeRates({ before: seen.before, after: seen.after, isOver: true })
}

const notOnRecord: ReadonlySet<string> = new Set(['probe-failed', 'people-report', 'too-late'])

/** What was restored then is taken as restored. */
function endToday(facts: DeployFacts, verdict: WatchVerdict | null): string | null {
  if (facts.times.decided !== null && verdict === null) return null
  return deployEnd({
    reason: facts.reason,
    hasBegun: facts.state !== 'refused',
    verdict: verdict?.kind ?? null,
    restored: facts.previous === null || facts.state === 'rollback-failed' ? null : 'pass',
  })
}

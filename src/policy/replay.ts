import type { Account, RunAccount } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { Replayed } from '#domain/replay.ts'
import type { WatchVerdict } from '#domain/watch.ts'

import { troubleOf } from './ci-trouble.ts'
import { deployEnd } from './deploy-end.ts'
import { judgeRates } from './regression.ts'

/** What would be decided today from what is on record of a task; nothing is asked and nothing done. */
export function replay({ runs }: Account): readonly Replayed[] {
  return runs.flatMap((one) => [...heard(one), ...watched(one)])
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

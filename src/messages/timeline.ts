import { type Account, deployIn, type RunAccount } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import { isGreen } from '#domain/evidence.ts'
import type { FixFact } from '#domain/fix-fact.ts'

import { rateWords, reasonWords } from './deploy.ts'
import { duration } from './duration.ts'
import { incidentLine, incidentLines } from './incident.ts'
import { ending } from './measurement.ts'
import { oneLine } from './plain-text.ts'
import { kindOf, shortSpan } from './task-facts.ts'

interface Line {
  readonly at: Date
  readonly text: string
}

/** What happened when, a line for each step that is on record, with the totals (S2-47). Plain text. */
export function timeline(account: Account): string {
  const lines = inOrder(account.runs.flatMap(runLines))
  const [first] = lines
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return 'Nothing is on record yet.\n'
  // What people do afterwards takes none of the time.
  const all = [...lines, ...inOrder(account.runs.flatMap(incidentsOf))]
  const isOneDay = dayOf(first.at) === dayOf(all.at(-1)?.at ?? last.at)
  const told = all.map(({ at, text }) => {
    const time = at.toISOString().slice(11, 19)
    return `[${isOneDay ? time : `${dayOf(at)} ${time}`}] ${text}`
  })
  return `${[...told, '', ...totals(account, last.at.getTime() - first.at.getTime())].join('\n')}\n`
}

function inOrder(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function incidentsOf({ incidents }: RunAccount): readonly Line[] {
  return incidents.map((one) => ({ at: one.closedAt ?? one.at, text: incidentLine(one) }))
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

function totals(account: Account, ms: number): readonly string[] {
  const deploy = deployIn(account)
  const isBack = deploy?.state === 'rolled-back' || deploy?.state === 'rollback-failed'
  return [
    `Total time: ${duration(ms)}`,
    `Status: ${statusOf(account, deploy)}`,
    ...incidentLines(account),
    ...(deploy === null ? [] : [`Rollback: ${isBack ? 'Required' : 'Not required'}`]),
  ]
}

function statusOf({ runs }: Account, deploy: DeployFacts | null): string {
  if (deploy !== null)
    return deploy.state === 'verified' ? 'Success' : `Not a success: ${deploy.state}`
  const outcome = runs.at(-1)?.run.outcome ?? null
  if (outcome === null) return 'Not finished'
  return outcome === 'success' ? 'Success' : `Not a success: ${outcome}`
}

function runLines({ run, facts, deploy, reportedAt }: RunAccount): readonly Line[] {
  const { startedAt, finishedAt, workflow, outcome } = run
  const told = facts.flatMap(({ at, what }) => {
    const text = factLine(what)
    return text === null ? [] : [{ at, text }]
  })
  const ended = `${outcome === 'success' ? '✅ COMPLETE' : '🏁 ENDED'}: ${workflow} ended in ${outcome ?? ''}`
  return [
    { at: new Date(startedAt), text: `🔍 MONITORING: ${workflow} began` },
    ...told,
    ...(deploy === null ? [] : deployLines(deploy.what)),
    ...(reportedAt === null ? [] : [{ at: reportedAt, text: '📊 REPORTING: Report shown' }]),
    ...(finishedAt === null ? [] : [{ at: new Date(finishedAt), text: ended }]),
  ]
}

/** Null for what is told by another line, or by none. */
function factLine(fact: FixFact): string | null {
  return foundLine(fact) ?? doneLine(fact)
}

function foundLine(fact: FixFact): string | null {
  if (fact.kind === 'triage')
    return `🎯 TASK CREATED: ${fact.severity} severity (Priority: ${fact.priority})`
  if (fact.kind !== 'check' || isGreen(fact.evidence)) return null
  const { end, findings } = fact.evidence
  return `🔍 DETECTED: ${oneLine(fact.name)} is red (${ending(end)}, findings: ${findings.length})`
}

function doneLine(fact: FixFact): string | null {
  if (fact.kind === 'repair')
    return `✏️  CODE WRITTEN: ${fact.repair.descriptions.map(oneLine).join('; ')}`
  if (fact.kind === 'proof') return proofLine(fact)
  if (fact.kind === 'commit')
    return `📝 GIT COMMIT: ${fact.sha.slice(0, 7)} for ${oneLine(fact.check)}`
  if (fact.kind === 'delivered') return `🚀 GIT PUSH: ${oneLine(fact.branch)}`
  return fact.kind === 'pull-request' ? `📬 PULL REQUEST: #${fact.number}` : null
}

const names = { type_check: 'TYPE CHECK', tests: 'TESTS' } as const

function proofLine({ entry }: Extract<FixFact, { kind: 'proof' }>): string {
  const kind = kindOf(entry)
  const name = kind === null ? `CHECK ${oneLine(entry.check)}` : names[kind]
  const isGood = isGreen(entry.after)
  return `${isGood ? '✅' : '❌'} ${name}: ${isGood ? 'Passed' : 'Failed'} (${ending(entry.after.end)})`
}

function deployLines(deploy: DeployFacts): readonly Line[] {
  const { times, sha, environment, by, state, seen, previous } = deploy
  const approved = by.length === 0 ? '' : `, approved by ${by.map(oneLine).join(', ')}`
  const errors =
    seen.after === null
      ? 'It answers'
      : `Errors ${rateWords(seen.before)} → ${rateWords(seen.after)}`
  const judged =
    state === 'verified' ? `✅ VERIFIED: ${errors}` : `❌ JUDGED: ${reasonWords(deploy, oneLine)}`
  const back = previous === null ? 'The previous version' : previous.slice(0, 7)
  const events = [
    [times.began, `⏳ DEPLOYING: ${sha.slice(0, 7)} to ${oneLine(environment)}${approved}`],
    [times.live, `✅ DEPLOYMENT: ● Ready (Build time: ${shortSpan(times.began, times.live)})`],
    [times.decided, judged],
    [times.restored, `↩️  ROLLED BACK: ${back} is live again`],
  ] as const
  return events.flatMap(([at, text]) => (at === null ? [] : [{ at, text }]))
}

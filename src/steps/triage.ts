import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { type CiClaim, ciReport, type WhyNotOurs } from '#domain/ci.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place, type Place } from '#domain/place.ts'
import { redTitle, scopeNote } from '#messages/ci-notes.ts'
import { ciFindings } from '#policy/ci-findings.ts'
import { scopeOf } from '#policy/ci-scope.ts'
import { troubleOf } from '#policy/ci-trouble.ts'
import { priorityOf } from '#policy/priority.ts'
import { severityOf } from '#policy/severity.ts'
import type { Checks, LogReader } from '#ports/checks.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { record } from './record.ts'

interface Ports {
  readonly repositories: Pick<Repositories, 'checkout'>
  readonly checks: Pick<Checks, 'behind'>
  readonly logs: LogReader
  readonly store: Pick<RunStore, 'append' | 'saveTask'>
}

const input = z.strictObject({
  place,
  checks: z.array(check),
  beside: z.array(check),
  reports: z.array(ciReport),
  unread: z.array(z.string()),
  unfinished: z.array(z.string()),
})
type Input = z.infer<typeof input>

/** S2-01, S2-02: which of the repository's checks are red in CI, how grave that is, and what no change can repair. */
export function triage(ports: Ports): StepKind<Input> {
  return {
    name: 'triage',
    input,
    outputs: ['checks', 'beside', 'claims', 'severity', 'priority'],
    sideEffect: 'none',
    run: (input, context) => weigh(ports, input, context),
  }
}

async function weigh(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { place, checks, beside, unread } = input
  const source = await ports.repositories.checkout(place.mirror, place.headSha, context.runId)
  const claims = await claimsOf(ports, input, source)
  const jobs = input.unfinished.map((name) => ({ name, workflow: null }))
  const unfinished = await ports.checks.behind(source, checks, jobs)
  const isMore = unread.length > 0
  const known = { claims, unfinished: unfinished.map((one) => one.checks), isMore }
  const { wanted, rest } = scopeOf(checks, known)
  if (rest.length > 0) context.note(scopeNote(wanted.length, rest.length))
  const weight = await recordWeight(ports, { claims, wanted, place }, context)
  const outputs = { checks: [...wanted], beside: [...beside, ...rest], claims, ...weight }
  return { kind: 'done', outputs }
}

async function claimsOf(ports: Ports, input: Input, source: string): Promise<CiClaim[]> {
  const { checks, reports } = input
  const jobs = reports.map(({ check: name, job }) => job ?? { name, workflow: null })
  const behind = await ports.checks.behind(source, checks, jobs)
  return reports.map((report, index) => {
    const work = behind[index] ?? { checks: [], unreachable: [] }
    const own = checks.filter(({ name }) => work.checks.includes(name))
    const text = report.log.kind === 'read' ? report.log.text : ''
    const findings = ciFindings(report, ports.logs.findings(text, own, source))
    return {
      report,
      trouble: troubleOf(report),
      checks: [...work.checks],
      unreachable: [...work.unreachable],
      findings: [...findings],
    }
  })
}

interface Red {
  readonly claims: readonly CiClaim[]
  readonly wanted: readonly Check[]
  readonly place: Place
}

async function recordWeight(
  { store }: Ports,
  { claims, wanted, place }: Red,
  context: StepContext,
) {
  const { runId, event } = context
  if (claims.length === 0) return { severity: null, priority: null }
  const findings = claims.flatMap((claim) => claim.findings)
  const paths = [...new Set(findings.flatMap(({ file }) => file ?? []))]
  const behind = new Set(claims.flatMap((claim) => claim.checks))
  const tools = wanted
    .filter(({ name }) => behind.has(name))
    .flatMap(({ invocations }) => invocations.map(({ tool }) => tool))
  const severity = severityOf({ tools, onDefaultBranch: place.baseSha === null, paths })
  const priority = priorityOf(severity, paths, findings.length)
  const checks = claims.map((claim) => ({ check: claim.report.check, notOurs: whyNotOurs(claim) }))
  await record(store, { runId, key: 'red' }, { kind: 'triage', severity, priority, checks })
  const title = redTitle(claims.map(({ report }) => report.check))
  const weight = { severity, priority }
  await store.saveTask({ id: event.taskId, kind: 'fix_bugs', title, ...weight, filePaths: paths })
  return weight
}

function whyNotOurs({ trouble, checks, unreachable }: CiClaim): WhyNotOurs | null {
  return trouble ?? (checks.length === 0 && unreachable.length > 0 ? 'not-run-here' : null)
}

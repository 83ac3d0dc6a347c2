import { createHash } from 'node:crypto'

import { parseRepositoryConfiguration } from '#config/repository.ts'
import { type AutoAnswer, theRule } from '#domain/auto-approval.ts'
import type { Decision, GateRefusal, GateRules, GateView, Standing } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import type { Restrained, StopReason } from '#domain/restraint.ts'
import type { DeployWeighed } from '#domain/rollback.ts'
import { obstacleIn, standingOf } from '#policy/approval.ts'
import { standing } from '#policy/gate.ts'
import { closedAt, lastFreeze } from '#policy/opening.ts'
import { rulesForPolicyChange } from '#policy/policy-change.ts'
import { heldUp } from '#policy/restraint.ts'
import type { Approvals, OpenGates } from '#ports/approvals.ts'
import type { DeployableChange } from '#ports/deploys.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Restraints, Stops } from '#ports/restraints.ts'
import type { Clock } from '#ports/world.ts'

export interface GateParts {
  readonly approvals: Approvals
  readonly openGates: Pick<OpenGates, 'watch'>
  readonly restraints: Pick<Restraints, 'on'>
  readonly stops: Stops
  readonly hosting: Pick<Hosting, 'deploys' | 'people'>
  readonly clock: Clock
  /** What the change is, and whether it could be taken back; left out, or null: nobody can say. */
  readonly weigh?: (gate: Gate) => Promise<DeployWeighed | null>
  /** What the rules for small changes say; left out, no rule approves anything. */
  readonly rule?: AutoRule
  /** What is done once it is shown how the gates stand. */
  readonly shown?: (gate: Gate, views: readonly GateView[]) => Promise<void>
}

/** What the rule of an environment says now, asked at every look; null where it has none. */
export type AutoRule = (gate: Gate, at: At) => Promise<AutoAnswer | null>

/** A change and the gates before it, by the rules of the default branch. */
export interface Gate {
  readonly repository: HostedRepository
  readonly change: DeployableChange
  readonly rules: ReadonlyMap<string, GateRules>
  /** What is wrong with the rules: then nothing opens. */
  readonly broken: { readonly line: number; readonly problem: string } | null
  readonly restrained: Restrained
  readonly stopped: StopReason | null
  readonly ungated: RepositoryConfiguration['ungated-environments']
}

/** Asks GitHub for all of it; what was decided about other commits stops to count. */
export async function gateOf(
  { approvals, hosting, restraints, stops }: GateParts,
  repository: HostedRepository,
  number: number,
): Promise<Gate> {
  const change = await hosting.deploys.look(repository, number)
  const text = await hosting.deploys.configuration(repository, change.defaultBranch)
  const read = parseRepositoryConfiguration(text ?? '')
  await approvals.supersede({ repository: repository.id, pull: number }, change)
  const restrained = await restraints.on(repository)
  const known = { repository, change, restrained, stopped: await stops.of(repository) }
  if (read.kind === 'invalid') return { ...known, rules: new Map(), broken: read, ungated: 'wait' }
  const { environments, 'ungated-environments': ungated } = read.configuration
  const before = await rulesBefore(hosting, repository, change)
  const rules = Object.entries(environments).map(([name, now]): [string, GateRules] => [
    name,
    change.changesPolicy ? rulesForPolicyChange(now, before[name]) : now,
  ])
  const byName = rules.toSorted(([one], [other]) => one.localeCompare(other))
  return { ...known, rules: new Map(byName), broken: null, ungated }
}

/** Those that a change which is merged found there: what it says of its own approval it may only make harder. */
async function rulesBefore(
  { deploys }: GateParts['hosting'],
  repository: HostedRepository,
  { changesPolicy, state, baseSha }: DeployableChange,
): Promise<RepositoryConfiguration['environments']> {
  if (!changesPolicy || state !== 'merged') return {}
  const read = parseRepositoryConfiguration(
    (await deploys.configuration(repository, baseSha)) ?? '',
  )
  return read.kind === 'valid' ? read.configuration.environments : {}
}

/** The rules as they are bound into an approval. */
export function planOf(environment: string, rules: GateRules): string {
  return JSON.stringify([environment, rules])
}

/** Of a plan, as it is shown to who approves and stands in the export of the audit log. @internal */
export function digestOf(plan: string): string {
  return createHash('sha256').update(plan).digest('hex')
}

/** How each gate stands now, asking GitHub again about everybody whose word is on record. */
export async function viewsOf(parts: GateParts, gate: Gate): Promise<readonly GateView[]> {
  const views: GateView[] = []
  for (const [environment, rules] of gate.rules) {
    const at = { environment, rules }
    const automatic = (await parts.rule?.(gate, at)) ?? null
    const found = await decided(parts, gate, { ...at, automatic })
    const now = parts.clock.now()
    const because =
      found.kind === 'approved' ? inTheWay(gate, { ...at, emergency: found.emergency, now }) : null
    const standing = found.kind === 'approved' && because !== null ? blocked(found, because) : found
    const plan = { rules, digest: digestOf(planOf(environment, rules)) }
    views.push({ environment, standing, plan, automatic })
  }
  return views
}

function blocked({ until }: Approved, because: GateRefusal): Standing {
  return { kind: 'blocked', because, until }
}

type Approved = Extract<Standing, { kind: 'approved' }>

/** One environment and its rules. */
export interface At {
  readonly environment: string
  readonly rules: GateRules
}

async function decided(
  parts: GateParts,
  { repository, change, restrained }: Gate,
  { environment, rules, automatic }: At & Pick<GateView, 'automatic'>,
): Promise<Standing> {
  const { number: pull, sha, tree } = change
  const decisions = await parts.approvals.of({ repository: repository.id, pull, environment })
  const lost = await lostOf(parts, repository, { decisions, rules, automatic })
  const now = parts.clock.now()
  const freezes = [lastFreeze(rules.freezes, now), restrained.frozenAt]
  const notBefore = freezes.reduce((one, other) => ((one ?? 0) > (other ?? 0) ? one : other))
  const plan = planOf(environment, rules)
  return standing(decisions, rules, { sha, tree, plan, now, notBefore, lost })
}

/** Who approved and may not any more, by what GitHub says at this moment. */
async function lostOf(
  { hosting }: GateParts,
  repository: HostedRepository,
  {
    decisions,
    rules,
    automatic,
  }: Pick<At, 'rules'> & Pick<GateView, 'automatic'> & { readonly decisions: readonly Decision[] },
): Promise<ReadonlySet<number>> {
  const lost = new Set<number>(automatic?.kind === 'approves' ? [] : [theRule.id])
  for (const { person, verdict, voided } of decisions) {
    if (verdict === 'reject' || voided !== null || lost.has(person.id)) continue
    if (person.id === theRule.id) continue
    const role = await hosting.people.roleOf(repository, person.login)
    const teams = await teamsOf(hosting.people, repository, { login: person.login, rules })
    const may = standingOf({ role, teams, verdict, person: { ...person, isHuman: true } }, rules)
    if (may !== null) lost.add(person.id)
  }
  return lost
}

/** Those of the teams of the rules that GitHub says somebody is in, at this moment. */
export async function teamsOf(
  people: GateParts['hosting']['people'],
  repository: HostedRepository,
  { login, rules }: { readonly login: string; readonly rules: GateRules },
): Promise<readonly string[]> {
  const teams: string[] = []
  for (const team of rules.teams)
    if (await people.isInTeam(repository, login, team)) teams.push(team)
  return teams
}

/** An emergency goes on through freezes and outside the hours; everything else holds up everybody. */
export function inTheWay(
  { change, restrained, stopped }: Gate,
  { environment, rules, emergency, now }: At & Pick<Approved, 'emergency'> & { now: Date },
): GateRefusal | null {
  const isEmergency = emergency !== null
  return (
    obstacleIn(change, rules) ??
    stopped ??
    heldUp(restrained.inForce, environment, isEmergency) ??
    (isEmergency ? null : closedAt(rules, now))
  )
}

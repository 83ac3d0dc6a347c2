import { parseRepositoryConfiguration } from '#config/repository.ts'
import type { GateRules, GateView } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { RollbackSafety } from '#domain/rollback.ts'
import {
  brokenConfiguration,
  brokenTitle,
  gateNotes,
  gateTable,
  gateTitle,
} from '#messages/gate.ts'
import { rollbackLine } from '#messages/rollback.ts'
import { obstacleIn, standingOf } from '#policy/approval.ts'
import { standing } from '#policy/gate.ts'
import type { Approvals, OpenGates } from '#ports/approvals.ts'
import type { DeployableChange, GateCheckView } from '#ports/deploys.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Clock } from '#ports/world.ts'

export interface GateParts {
  readonly approvals: Approvals
  readonly openGates: Pick<OpenGates, 'watch'>
  readonly hosting: Pick<Hosting, 'deploys' | 'people'>
  readonly clock: Clock
  /** Whether the change could be taken back; left out, or null: nobody can say. */
  readonly weigh?: (gate: Gate) => Promise<RollbackSafety | null>
  /** What is done once it is shown how the gates stand. */
  readonly shown?: (gate: Gate, views: readonly GateView[]) => Promise<void>
}

/** A change and the gates before it, by the rules of the default branch. */
export interface Gate {
  readonly repository: HostedRepository
  readonly change: DeployableChange
  readonly rules: ReadonlyMap<string, GateRules>
  /** What is wrong with the rules: then nothing opens. */
  readonly broken: { readonly line: number; readonly problem: string } | null
}

/** Asks GitHub for all of it; what was decided about other commits stops to count. */
export async function gateOf(
  { approvals, hosting }: GateParts,
  repository: HostedRepository,
  number: number,
): Promise<Gate> {
  const change = await hosting.deploys.look(repository, number)
  const text = await hosting.deploys.configuration(repository, change.defaultBranch)
  const read = parseRepositoryConfiguration(text ?? '')
  await approvals.supersede({ repository: repository.id, pull: number }, change)
  if (read.kind === 'invalid') return { repository, change, rules: new Map(), broken: read }
  const rules = Object.entries(read.configuration.environments)
  const byName = rules.toSorted(([one], [other]) => one.localeCompare(other))
  return { repository, change, rules: new Map(byName), broken: null }
}

/** The rules as they are bound into an approval. */
export function planOf(environment: string, rules: GateRules): string {
  return JSON.stringify([environment, rules])
}

/** How each gate stands now, asking GitHub again about everybody whose word is on record. */
export async function viewsOf(parts: GateParts, gate: Gate): Promise<readonly GateView[]> {
  const { repository, change } = gate
  const { sha, tree } = change
  const views: GateView[] = []
  for (const [environment, rules] of gate.rules) {
    const place = { repository: repository.id, pull: change.number, environment }
    const decisions = await parts.approvals.of(place)
    const lost = new Set<number>()
    for (const { person, verdict, voided } of decisions) {
      if (verdict === 'reject' || voided !== null || lost.has(person.id)) continue
      const role = await parts.hosting.people.roleOf(repository, person.login)
      const may = standingOf({ role, verdict, person: { ...person, isHuman: true } }, rules)
      if (may !== null) lost.add(person.id)
    }
    const plan = planOf(environment, rules)
    const subject = { sha, tree, plan, now: parts.clock.now(), lost }
    const found = standing(decisions, rules, subject)
    const because = found.kind === 'approved' ? obstacleIn(change, rules) : null
    views.push({
      environment,
      standing: because === null ? found : { kind: 'blocked', because },
    })
  }
  return views
}

/** Brings the check of a pull request up to date; one that was closed has none. */
export async function showAll(
  parts: GateParts,
  repository: HostedRepository,
  number: number,
): Promise<string> {
  const gate = await gateOf(parts, repository, number)
  if (gate.rules.size === 0 || gate.change.state === 'closed') {
    await showBroken(parts, gate)
    return gateNotes.noEnvironments
  }
  const views = await showGate(parts, gate)
  return gateNotes.shown(views.map(({ standing }) => standing.kind))
}

/** Brings our check to how the gates stand; again, where somebody decided in the meantime. */
export async function showGate(parts: GateParts, gate: Gate): Promise<readonly GateView[]> {
  const safety = (await parts.weigh?.(gate)) ?? null
  for (let round = 1; ; round++) {
    const views = await viewsOf(parts, gate)
    await watchOver(parts, gate, views)
    await parts.hosting.deploys.show(gate.repository, checkOf(gate, views, safety))
    const after = round < 3 ? await viewsOf(parts, gate) : views
    if (JSON.stringify(after) !== JSON.stringify(views)) continue
    await parts.shown?.(gate, views)
    return views
  }
}

/** Nobody tells that somebody lost a role: as long as a gate is open, it is looked at this often. */
const lookAgainMs = 10 * 60_000

async function watchOver(
  { openGates, clock }: GateParts,
  { repository, change }: Gate,
  views: readonly GateView[],
): Promise<void> {
  const ends = views.flatMap(({ standing: one }) =>
    one.kind === 'approved' ? one.until.getTime() : [],
  )
  const lookAt = Math.min(...ends, clock.now().getTime() + lookAgainMs)
  const next = { lookAt: new Date(lookAt), openUntil: new Date(Math.max(...ends)) }
  await openGates.watch({ repository, pull: change.number }, ends.length === 0 ? null : next)
}

/** Rules that nobody can read open nothing: what was green is so no more. */
async function showBroken(parts: GateParts, gate: Gate): Promise<void> {
  const { repository, change, broken } = gate
  await parts.openGates.watch({ repository, pull: change.number }, null)
  if (broken === null || change.shownAt === null) return
  await parts.hosting.deploys.show(repository, {
    pull: change.number,
    sha: change.sha,
    conclusion: 'action_required',
    title: brokenTitle,
    summary: brokenConfiguration(broken.line, broken.problem),
    buttons: [],
  })
}

function checkOf(
  { change }: Gate,
  views: readonly GateView[],
  safety: RollbackSafety | null,
): GateCheckView {
  const back = safety === null ? '' : `\n\n${rollbackLine(safety)}`
  return {
    pull: change.number,
    sha: change.sha,
    conclusion: conclusionOf(views),
    title: gateTitle(views),
    summary: `${gateTable(change.sha, views)}${back}`,
    // A name that does not fit on a button is approved by a comment.
    buttons: views
      .filter(
        ({ standing, environment }) => standing.kind === 'pending' && environment.length <= 12,
      )
      .map(({ environment }) => environment)
      .slice(0, 3),
  }
}

/** Never neutral: GitHub would let that pass (domain.md 5.4). */
function conclusionOf(views: readonly GateView[]): GateCheckView['conclusion'] {
  const kinds = new Set(views.map(({ standing }) => standing.kind))
  if (kinds.has('rejected') || kinds.has('tampered')) return 'failure'
  return kinds.has('pending') || kinds.has('blocked') ? 'action_required' : 'success'
}

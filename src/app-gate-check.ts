import type { GateView } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { DeployWeighed } from '#domain/rollback.ts'
import {
  brokenConfiguration,
  brokenTitle,
  gateNotes,
  gateTable,
  gateTitle,
} from '#messages/gate.ts'
import { rollbackLine } from '#messages/rollback.ts'
import { workLine } from '#messages/work-kind.ts'
import type { GateCheckView } from '#ports/deploys.ts'

import { applyRules } from './app-gate-rules.ts'
import { type Gate, gateOf, type GateParts, viewsOf } from './app-gate.ts'

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
  const weighed = (await parts.weigh?.(gate)) ?? null
  await applyRules(parts, gate)
  for (let round = 1; ; round++) {
    const views = await viewsOf(parts, gate)
    await watchOver(parts, gate, views)
    await parts.hosting.deploys.show(gate.repository, checkOf(gate, views, weighed))
    const after = round < 3 ? await viewsOf(parts, gate) : views
    if (JSON.stringify(after) !== JSON.stringify(views)) continue
    await parts.shown?.(gate, views)
    return views
  }
}

/** Nobody tells that somebody lost a role, or that a freeze is over: an approved gate is looked at this often. */
const lookAgainMs = 10 * 60_000
/** Where the rule for small changes waits for checks: nobody tells that those of a commit are all there. */
const lookSoonMs = 30_000

async function watchOver(
  { openGates, clock }: GateParts,
  { repository, change }: Gate,
  views: readonly GateView[],
): Promise<void> {
  const ends = views.flatMap(({ standing: one }) =>
    one.kind === 'approved' || one.kind === 'blocked' ? one.until.getTime() : [],
  )
  const waits = views.some(({ automatic }) => automatic?.kind === 'waits')
  const now = clock.now().getTime()
  const soon = now + (waits ? lookSoonMs : lookAgainMs)
  const lookAt = new Date(Math.min(...ends, soon))
  const openUntil = new Date(Math.max(...ends, soon))
  const isOpen = waits || ends.length > 0
  await openGates.watch({ repository, pull: change.number }, isOpen ? { lookAt, openUntil } : null)
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
  { change, restrained }: Gate,
  views: readonly GateView[],
  weighed: DeployWeighed | null,
): GateCheckView {
  return {
    pull: change.number,
    sha: change.sha,
    conclusion: conclusionOf(views),
    title: gateTitle(views),
    summary: [gateTable(change.sha, views, restrained.inForce), ...weighedLines(weighed)].join(
      '\n\n',
    ),
    // A name that does not fit on a button is approved by a comment.
    buttons: views
      .filter(
        ({ standing, environment }) => standing.kind === 'pending' && environment.length <= 12,
      )
      .map(({ environment }) => environment)
      .slice(0, 3),
  }
}

function weighedLines(weighed: DeployWeighed | null): readonly string[] {
  if (weighed === null) return []
  return [workLine(weighed), rollbackLine(weighed.rollback)].filter((line) => line !== null)
}

/** Never neutral: GitHub would let that pass (domain.md 5.4). */
function conclusionOf(views: readonly GateView[]): GateCheckView['conclusion'] {
  const kinds = new Set(views.map(({ standing }) => standing.kind))
  if (kinds.has('rejected') || kinds.has('tampered')) return 'failure'
  return kinds.has('pending') || kinds.has('blocked') ? 'action_required' : 'success'
}

/** A queue waits for a word, and nothing is deployed there: yes where the gates of the pull request stand open, else no. */
export async function showInQueue(
  parts: GateParts,
  { repository, number, sha }: { repository: HostedRepository; number: number; sha: string },
): Promise<string> {
  const gate = await gateOf(parts, repository, number)
  if (gate.rules.size === 0) return gateNotes.noEnvironments
  const views = await viewsOf(parts, gate)
  const view = checkOf(gate, views, null)
  const conclusion = view.conclusion === 'success' ? 'success' : 'failure'
  await parts.hosting.deploys.show(repository, { ...view, sha, conclusion, buttons: [] })
  return gateNotes.shown(views.map(({ standing }) => standing.kind))
}

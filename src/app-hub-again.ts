import { cancelledNote, cancelledWords } from '#messages/gate-commands.ts'
import { gateNotes } from '#messages/gate.ts'

import { showGate } from './app-gate-check.ts'
import { gateOf, viewsOf } from './app-gate.ts'
import { acknowledge, answer, type Asked, type HubGateParts } from './app-hub-answer.ts'
import { tableOf } from './app-hub-gate.ts'
import { hostedAs } from './app-hub-news.ts'

/** `/deploy`: begins what stands open and was not begun, or ended before anything was live. */
export async function deployAgain(parts: HubGateParts, { event }: Asked): Promise<string> {
  if (!event.onPull) return gateNotes.notOnPull
  const gate = await gateOf(parts, hostedAs(event.repository), event.number)
  await parts.deployAgain(gate, event.source)
  await acknowledge(parts, event)
  return await answer(parts, event, tableOf(gate, await viewsOf(parts, gate)))
}

/** `/retry`: what is merged is deployed again, and for anything else a repair is asked for. */
export async function retry(parts: HubGateParts, asked: Asked): Promise<string> {
  const { event } = asked
  const { repository, number, onPull, commentId, deliveryId, sender } = event
  const change = onPull ? await parts.hosting.pullRequests.look(hostedAs(repository), number) : null
  if (change?.state === 'merged') return await deployAgain(parts, asked)
  const open = change === null || change.state === 'open'
  const told = { deliveryId, sender, repository, number, onPull, commentId, open }
  return await parts.askFix({ kind: 'fix-asked', by: 'comment', ...told })
}

/** `/cancel`: ends the repairs of this branch, and closes the gates that stand open. A deploy that goes on is watched. */
export async function cancel(parts: HubGateParts, { event }: Asked): Promise<string> {
  if (!event.onPull) return gateNotes.notOnPull
  const repository = hostedAs(event.repository)
  const { branch } = await parts.hosting.pullRequests.head(repository, event.number)
  const under = await parts.repairs.onBranch(repository.id, branch)
  for (const { runId, headSha } of under) {
    await parts.engine.cancel(runId)
    await parts.forsake(repository, runId)
    const said = cancelledWords(event.sender.login)
    const view = { headSha, externalId: runId, conclusion: 'cancelled' as const, ...said }
    await parts.hosting.checkRuns.show(repository, view)
  }
  const closed = await close(parts, { event })
  await acknowledge(parts, event)
  return await answer(parts, event, cancelledNote(under.length, closed))
}

/** Written down as a rejection of whoever cancels: an approval after it opens the gate again. */
async function close(parts: HubGateParts, { event }: Pick<Asked, 'event'>): Promise<number> {
  const gate = await gateOf(parts, hostedAs(event.repository), event.number)
  const open = (await viewsOf(parts, gate)).filter(
    ({ standing }) => standing.kind === 'approved' || standing.kind === 'blocked',
  )
  const at = event.at === null ? parts.clock.now() : new Date(event.at)
  for (const { environment } of open) {
    const place = { repository: gate.repository.id, pull: event.number, environment }
    await parts.approvals.record(place, {
      source: event.source,
      verdict: 'reject',
      person: { id: event.sender.id, login: event.sender.login },
      sha: gate.change.sha,
      trees: [gate.change.tree],
      plan: '',
      reason: event.command.reason,
      emergency: false,
      at,
      expiresAt: at,
    })
  }
  if (open.length > 0) await showGate(parts, gate)
  return open.length
}

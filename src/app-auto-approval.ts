import type { AutoAnswer, AutoApprove } from '#domain/auto-approval.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import {
  type Brought,
  checksFit,
  heldAgainst,
  judgeBrought,
  pathsFit,
} from '#policy/auto-approval.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Clock } from '#ports/world.ts'
import { type ChangeReader, changeBetween } from '#steps/weigh-change.ts'

import type { AutoRule, Gate } from './app-gate.ts'

export interface AutoParts {
  readonly reader: ChangeReader
  readonly deployments: Pick<Deployments, 'past'>
  readonly hosting: Pick<Hosting, 'checkRuns'>
  readonly webUrl: string
  readonly clock: Clock
}

/** What a commit brings stays so, and is read once. */
const mostKept = 500
/** CI that has not ended by then is somebody's to look at. */
const patienceMs = 60 * 60_000

/** The rules of environments, by what git and GitHub say of the very commit. */
export function autoRuleOf(parts: AutoParts): AutoRule {
  const known = new Map<string, AutoAnswer>()
  return async (gate, { environment, rules }) => {
    const rule = rules['auto-approve']
    const { repository, change } = gate
    if (rule === null || change.state === 'closed') return null
    const past = await parts.deployments.past(repository.id, environment)
    const held = heldAgainst(change, past)
    if (held.kind !== 'against') return held
    const key = `${held.sha} ${change.sha} ${change.state} ${JSON.stringify(rule)}`
    const judged = known.get(key) ?? (await judgedFrom(parts, gate, { rule, from: held.sha }))
    remember(known, key, judged)
    if (judged.kind !== 'approves') return judged
    const verdict = await parts.hosting.checkRuns.verdict(repository, change.sha)
    return checksFit(verdict.kind, isLate(parts, change)) ?? judged
  }
}

function isLate({ clock }: AutoParts, { shownAt }: Gate['change']): boolean {
  return shownAt !== null && clock.now().getTime() - shownAt.getTime() > patienceMs
}

function remember(known: Map<string, AutoAnswer>, key: string, judged: AutoAnswer): void {
  // What could not be read may be there the next time.
  if (judged.kind === 'refuses' && judged.because === 'unreadable') return
  known.set(key, judged)
  const [oldest] = known.keys()
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest)
}

async function judgedFrom(
  { reader, webUrl }: AutoParts,
  { repository, change }: Gate,
  { rule, from }: { readonly rule: AutoApprove; readonly from: string },
): Promise<AutoAnswer> {
  const { sha, state } = change
  const of = { origin: originOf(webUrl, repository), from, sha, isMerged: state === 'merged' }
  const brought = await changeBetween(reader, of, (files) => pathsFit(rule, files) === null)
  return judgeBrought(rule, brought ?? nothingRead, from)
}

const nothingRead: Brought = { files: [], change: null }

function originOf(webUrl: string, { owner, name }: HostedRepository): string {
  return `${webUrl}/${owner}/${name}.git`
}

import type { HostedRepository } from '#domain/hosted.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import { gateComment, gateMarker, gateNotes } from '#messages/gate.ts'
import type { OpenGates } from '#ports/approvals.ts'
import type { Engine } from '#ports/engine.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Restraints } from '#ports/restraints.ts'

import type { GateParts } from './app-gate.ts'
import { hostedAs } from './app-hub-news.ts'
import type { TakeBackBegun, TakeBackWish } from './app-hub-take-back.ts'
import type { LaterWord } from './app-second-look.ts'

/** What the commands of people need. */
export interface HubGateParts extends GateParts {
  readonly hosting: GateParts['hosting'] & Pick<Hosting, 'comments' | 'checkRuns' | 'pullRequests'>
  readonly openGates: Pick<OpenGates, 'watch' | 'wake' | 'watched'>
  readonly restraints: Restraints
  readonly repairs: Pick<Repairs, 'onBranch'>
  readonly engine: Pick<Engine, 'cancel'>
  readonly enabled: boolean
  /** Starts what stands open of a change, once more; `source` tells one asking from another. */
  readonly deployAgain: (
    gate: Parameters<NonNullable<GateParts['shown']>>[0],
    source: string,
  ) => Promise<void>
  readonly secondLook: (word: LaterWord) => Promise<boolean>
  readonly takeBack: (wish: TakeBackWish) => Promise<TakeBackBegun>
  /** Takes away what a run pushed and did not propose. */
  readonly forsake: (repository: HostedRepository, runId: string) => Promise<void>
  readonly askFix: (event: Of<'fix-asked'>) => Promise<string>
}

export type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

/** A command, and the role that GitHub says its author has at this moment. */
export interface Asked {
  readonly event: Of<'command-given'>
  readonly role: string
}

/** Puts eyes on what was asked. */
export async function acknowledge(
  { hosting }: Pick<HubGateParts, 'hosting'>,
  { repository, number, commentId }: Of<'command-given'>,
): Promise<void> {
  if (commentId === null) return
  const asked = { issue: number, comment: commentId }
  await hosting.comments.acknowledge(hostedAs(repository), asked)
}

/** One comment of ours for all answers: the last one stands. */
export async function answer(
  { hosting }: Pick<HubGateParts, 'hosting'>,
  { repository, number }: Pick<Of<'command-given'>, 'repository' | 'number'>,
  text: string,
): Promise<string> {
  const at = { issue: number, marker: gateMarker, body: gateComment(text) }
  await hosting.comments.show(hostedAs(repository), at)
  return gateNotes.answered
}

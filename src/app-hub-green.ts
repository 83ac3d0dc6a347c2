import type { HostedRepository } from '#domain/hosted.ts'
import type { HubEvent } from '#domain/hub-event.ts'

import type { NewsParts } from './app-hub-news.ts'

/** The event may be old: what counts is the tip of the branch now, and all of its checks. */
export async function isGreen(
  { hosting }: Pick<NewsParts, 'hosting'>,
  repository: HostedRepository,
  { sha, branch }: Extract<HubEvent, { kind: 'checks-completed' }>['head'],
): Promise<boolean> {
  if (branch === null || (await hosting.branches.tip(repository, branch)) !== sha) return false
  return (await hosting.checkRuns.verdict(repository, sha)).kind === 'green'
}

import type { Deploys } from '#ports/deploys.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { ProposalWrites } from '#ports/proposals.ts'
import type { ProtectionRules } from '#ports/protection.ts'
import type { Writes } from '#ports/publishing.ts'

import type { NewsParts } from './app-hub-news.ts'

/** The events of a host open nothing and push nothing: that is for runs, and those have a shadow of their own. */
const silence: {
  readonly checkRuns: Writes['checkRuns']
  readonly comments: Writes['comments']
  readonly pullRequests: Omit<Writes['pullRequests'], 'open'>
  readonly proposals: Omit<ProposalWrites, 'save'>
  readonly deploys: Pick<Deploys, 'show'>
  readonly protection: Pick<ProtectionRules, 'say'>
  readonly notices: Writes['notices']
} = {
  checkRuns: { show: nothing },
  comments: { show: nothing, acknowledge: nothing },
  pullRequests: {
    advance: nothing,
    markReady: nothing,
    supersede: nothing,
    close: nothing,
    forsake: nothing,
    suggest: () => Promise.resolve('refused'),
  },
  proposals: { giveUp: nothing, merged: nothing, takenBack: () => Promise.resolve([]) },
  deploys: { show: nothing },
  protection: { say: nothing },
  notices: { show: () => Promise.resolve(null) },
}

interface Silenced {
  readonly hosting: NewsParts['hosting'] & Pick<Hosting, 'deploys' | 'protection' | 'notices'>
}

/** In shadow mode what was proposed before is read and otherwise let be: nothing is said, closed or given up. */
export function silenced<Parts extends Pick<NewsParts, 'proposals'> & Silenced>(
  parts: Parts,
): Parts {
  const { hosting, proposals } = parts
  return {
    ...parts,
    proposals: { ...proposals, ...silence.proposals },
    hosting: {
      ...hosting,
      checkRuns: { ...hosting.checkRuns, ...silence.checkRuns },
      comments: { ...hosting.comments, ...silence.comments },
      pullRequests: { ...hosting.pullRequests, ...silence.pullRequests },
      deploys: { ...hosting.deploys, ...silence.deploys },
      protection: { ...hosting.protection, ...silence.protection },
      notices: silence.notices,
    },
  }
}

async function nothing(): Promise<void> {
  // Nothing.
}

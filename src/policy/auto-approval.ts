import picomatch from 'picomatch'

import type { AutoAnswer, AutoApprove, AutoRefusal, AutoSeen } from '#domain/auto-approval.ts'
import type { Change } from '#domain/change.ts'
import type { DeployState, PastDeploy } from '#domain/deploy.ts'

import type { GatedChange } from './approval.ts'
import { sizeOf } from './limits.ts'
import { liveVersion } from './live-version.ts'
import { riskOf, riskOnRecord } from './risk.ts'
import { rollbackSafetyOf } from './rollback-safety.ts'
import { workKindOf } from './work-kind.ts'

type No = Exclude<AutoAnswer, { kind: 'approves' }>

/** What a deploy would bring: from what is live now, and not only what its pull request shows. */
export interface Brought {
  readonly files: readonly string[]
  /** Null where not all of it could be read. */
  readonly change: Change | null
}

/** Where a deploy is that was never live: of the very commit, it is the one that asks, or one that came to nothing. */
const neverLive: ReadonlySet<DeployState> = new Set(['queued', 'deploying', 'refused'])

/** Against which commit the rule is to hold the change, or why it says no before it looks at it. */
export function heldAgainst(
  change: Pick<GatedChange, 'isFork' | 'sha'> & { readonly changesPolicy: boolean },
  all: readonly PastDeploy[],
): No | { readonly kind: 'against'; readonly sha: string } {
  if (change.isFork) return refuses('fork')
  if (change.changesPolicy) return refuses('policy')
  const past = all.filter(({ sha, state }) => sha !== change.sha || !neverLive.has(state))
  const live = liveVersion(past)
  switch (live.kind) {
    case 'under-way':
      return { kind: 'waits', because: 'deploy-under-way' }
    case 'on-hold':
      return refuses('on-hold')
    case 'none':
    case 'unverified':
      return refuses('nothing-verified')
    case 'verified':
      // What was live once is deployed again by nobody, and what was taken back least of all.
      return past.some(({ sha }) => sha === change.sha)
        ? refuses('deployed-before')
        : { kind: 'against', sha: live.sha }
    default:
      return live satisfies never
  }
}

/** What the paths alone say: so much is known before anything is read. */
export function pathsFit({ files: most, paths }: AutoApprove, files: readonly string[]): No | null {
  if (files.length > most) return refuses('too-many-files')
  const fits = picomatch([...paths], { dot: true })
  return files.every((path) => fits(path)) ? null : refuses('other-paths')
}

/** What a change is, by its texts: so much of it is put on record. */
export function judgeBrought(
  rule: AutoApprove,
  { files, change }: Brought,
  since: string,
): AutoAnswer {
  const no = pathsFit(rule, files)
  if (no !== null) return no
  if (change === null) return refuses('unreadable')
  return judgeSeen(rule, {
    since,
    files: [...files],
    lines: sizeOf(change).lines,
    work: workKindOf(change, { repairs: false }),
    risk: riskOf(change),
    rollback: rollbackSafetyOf(change).level,
  })
}

/** I3: the six classes of S2-36 and the five of S2-37 are for people, and so is what nobody can classify. */
function judgeSeen(rule: AutoApprove, seen: AutoSeen): AutoAnswer {
  const no = pathsFit(rule, seen.files)
  if (no !== null) return no
  if (seen.risk.level !== 'safe') return refuses('risky')
  if (rule.kinds !== null && !rule.kinds.some((kind) => kind === seen.work))
    return refuses('other-kind')
  if (seen.lines > rule.lines) return refuses('too-many-lines')
  if (seen.rollback !== 'safe') return refuses('no-way-back')
  return { kind: 'approves', seen }
}

/** The same from what is on record: today's words about the paths, and the marks that diffs gave. */
export function judgeAgain(rule: AutoApprove, seen: AutoSeen): AutoAnswer {
  return judgeSeen(rule, { ...seen, risk: riskOnRecord(seen.files, seen.risk) })
}

/** Only what CI found good: a lack of checks is no yes (K8). `isLate`: nobody waits for them any more. */
export function checksFit(
  verdict: 'none' | 'pending' | 'green' | 'red',
  isLate: boolean,
): No | null {
  if (verdict === 'green') return null
  if (verdict === 'red') return refuses('checks-red')
  return isLate ? refuses('checks-missing') : { kind: 'waits', because: 'checks-pending' }
}

function refuses(because: AutoRefusal): No {
  return { kind: 'refuses', because }
}

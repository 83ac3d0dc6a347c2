import picomatch from 'picomatch'

import type { AutoAnswer, AutoApprove, AutoRefusal } from '#domain/auto-approval.ts'
import type { Change } from '#domain/change.ts'
import type { PastDeploy } from '#domain/deploy.ts'

import type { GatedChange } from './approval.ts'
import { judgeSize } from './limits.ts'
import { liveVersion } from './live-version.ts'
import { riskOf } from './risk.ts'
import { rollbackSafetyOf } from './rollback-safety.ts'
import { workKindOf } from './work-kind.ts'

type No = Exclude<AutoAnswer, { kind: 'approves' }>

/** What a deploy would bring: from what is live now, and not only what its pull request shows. */
export interface Brought {
  readonly files: readonly string[]
  /** Null where not all of it could be read. */
  readonly change: Change | null
}

/** Against which commit the rule is to hold the change, or why it says no before it looks at it. */
export function heldAgainst(
  change: Pick<GatedChange, 'isFork' | 'sha'> & { readonly changesPolicy: boolean },
  past: readonly PastDeploy[],
): No | { readonly kind: 'against'; readonly sha: string } {
  if (change.isFork) return refuses('fork')
  if (change.changesPolicy) return refuses('policy')
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

/** I3: the six classes of S2-36 and the five of S2-37 are for people, and so is what nobody can classify. */
export function judgeBrought(
  rule: AutoApprove,
  { files, change }: Brought,
  since: string,
): AutoAnswer {
  const no = pathsFit(rule, files)
  if (no !== null) return no
  if (change === null) return refuses('unreadable')
  if (riskOf(change).level !== 'safe') return refuses('risky')
  const work = workKindOf(change, { repairs: false })
  if (rule.kinds !== null && !rule.kinds.some((kind) => kind === work)) return refuses('other-kind')
  const size = judgeSize(change, rule)
  if (size.kind === 'exceeded') return refuses(`too-many-${size.what}`)
  if (rollbackSafetyOf(change).level !== 'safe') return refuses('no-way-back')
  return { kind: 'approves', files: size.files, lines: size.lines, work, since }
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

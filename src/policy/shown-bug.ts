import type { Change } from '#domain/change.ts'
import type { Check } from '#domain/check.ts'
import { type Evidence, isGreen } from '#domain/evidence.ts'
import { type Finding, testRunners } from '#domain/finding.ts'

import { cheatsIn } from './cheating/judge.ts'
import { difference, findingsOf } from './compare.ts'
import { isTestFile } from './paths.ts'
import { failsToLoad } from './rerun.ts'

/** Why a written test shows nothing. */
export type NotShown = 'no-test' | 'weakens' | 'passes' | 'not-run' | 'does-not-load' | 'elsewhere'

export type Shown =
  /** What the test says of the bug. */
  | { readonly kind: 'shown'; readonly targets: readonly Finding[] }
  | { readonly kind: 'not-shown'; readonly because: NotShown }

interface Showing {
  readonly check: Check
  /** The tests that were written. */
  readonly change: Change
  /** The check without and with them, on code that nobody touched. */
  readonly before: Evidence
  readonly after: Evidence
}

/**
 * Whether a new test is red for the bug: it runs, it fails by itself, and nothing else fails with it. That it is the bug
 * that was described nobody can prove; that is for whoever reviews it.
 */
export function judgeShown({ check, change, before, after }: Showing): Shown {
  const tests = new Set(change.map(({ path }) => path).filter(isTestFile))
  if (tests.size === 0 || tests.size < change.length) return notShown('no-test')
  if (cheatsIn(change, { snapshots: false }).length > 0) return notShown('weakens')
  if (after.end.kind === 'stopped') return notShown('not-run')
  if (isGreen(after)) return notShown('passes')
  const targets = difference(findingsOf(check.name, after), findingsOf(check.name, before))
  if (targets.some(failsToLoad)) return notShown('does-not-load')
  const isOwn = ({ file, tool }: Finding): boolean => testRunners.has(tool) && tests.has(file ?? '')
  return targets.length > 0 && targets.every(isOwn)
    ? { kind: 'shown', targets }
    : notShown('elsewhere')
}

/** Whether a check runs tests that name what fails. */
export function runsTests({ invocations }: Check): boolean {
  return invocations.some(({ tool }) => testRunners.has(tool))
}

function notShown(because: NotShown): Shown {
  return { kind: 'not-shown', because }
}

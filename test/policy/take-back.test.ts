import { expect, test } from 'vitest'

import type { DeployState, PastDeploy } from '#domain/deploy.ts'
import { takeBackNow, takeBackOf } from '#policy/take-back.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29, 10, minutes))
const open: ReadonlySet<DeployState> = new Set<DeployState>(['queued', 'deploying', 'live'])

/** Runs in the order in which they came, each a minute long; `a>b` is a way back from the deploy of b to a. */
function past(...told: readonly [string, DeployState, string?][]): readonly PastDeploy[] {
  return told.map(([name, state, previous], nth) => {
    const [to, from] = name.split('>')
    return {
      runId: name,
      pull: nth + 1,
      sha: from ?? name,
      state,
      previous: from === undefined ? (previous ?? null) : (to ?? null),
      enteredAt: at(nth),
      endedAt: open.has(state) ? null : at(nth + 1),
      takesBack: from ?? null,
    }
  })
}

test.each<[string, readonly PastDeploy[], string]>([
  ['what was verified', past(['a', 'verified'], ['b', 'verified', 'a']), 'b to a'],
  ['what nobody could judge', past(['a', 'verified'], ['b', 'unverified', 'a']), 'b to a'],
  ['what is watched', past(['a', 'verified'], ['b', 'live', 'a']), 'b to a'],
  ['what failed to go back', past(['a', 'verified'], ['b', 'rollback-failed', 'a']), 'b to a'],
  [
    'what was live before one that never was',
    past(['a', 'verified'], ['b', 'verified', 'a'], ['c', 'not-deployed', 'b'], ['d', 'queued']),
    'b to a',
  ],
  [
    'what came after another rollback',
    past(['a', 'verified'], ['b', 'verified', 'a'], ['a>b', 'rolled-back'], ['c', 'verified', 'a']),
    'c to a',
  ],
  [
    'what a rollback failed for',
    past(['a', 'verified'], ['b', 'verified', 'a'], ['a>b', 'rollback-failed']),
    'b to a',
  ],
  ['nothing', [], 'nothing-deployed'],
  ['nothing yet', past(['a', 'queued'], ['b', 'refused']), 'nothing-deployed'],
  ['the first of all', past(['a', 'verified']), 'nothing-verified'],
  ['what went back by itself', past(['a', 'verified'], ['b', 'rolled-back', 'a']), 'taken-back'],
  [
    'what people took back',
    past(['a', 'verified'], ['b', 'verified', 'a'], ['a>b', 'rolled-back']),
    'taken-back',
  ],
  [
    'what is being taken back',
    past(['a', 'verified'], ['b', 'verified', 'a'], ['a>b', 'deploying']),
    'under-way',
  ],
])('of %s: %3$s', (_what, deploys, wanted) => {
  const found = takeBackOf(deploys)
  const told =
    found.kind === 'refused' ? found.because : `${found.deploy.runId} to ${found.previous}`
  expect(told).toBe(wanted)
})

test.each<[DeployState, string]>([
  ['verified', 'b to a'],
  ['unverified', 'b to a'],
  ['rolled-back', 'taken-back'],
  ['rollback-failed', 'taken-back'],
  ['not-deployed', 'never-live'],
  ['refused', 'never-live'],
])('asked while it was under way, and %s since: %s', (state, wanted) => {
  const [a, b, way] = past(['a', 'verified'], ['b', state, 'a'], ['a>b', 'queued'])
  if (a === undefined || b === undefined || way === undefined) throw new Error('three were told')
  const found = takeBackNow([a, { ...b, endedAt: at(9) }, way], way)
  const told =
    found.kind === 'refused' ? found.because : `${found.deploy.runId} to ${found.previous}`
  expect(told).toBe(wanted)
})

import { performance } from 'node:perf_hooks'

import { type Failure, breakRepository, mendRepository } from './broken-repository.ts'
import { fixByProcess, openGoalkeeper, type Running } from './by-goalkeeper.ts'
import { fixByHand, forget } from './by-hand.ts'
import type { Pair } from './goals.ts'

export interface Ground {
  /** The repository that is broken and mended. */
  readonly origin: string
  /** Where somebody repairs it by hand. */
  readonly clone: string
  /** Goalkeeper's home. */
  readonly home: string
}

export interface Warm {
  readonly total: readonly Pair[]
  /** Against somebody who proves as much. */
  readonly proved: readonly Pair[]
  readonly first: readonly Pair[]
}

/** Fixes the failure by hand and by Goalkeeper in turns, dependencies installed and mirrors there: after a cold round. */
export async function warmRounds(
  app: Running,
  ground: Ground,
  { failure, rounds }: { failure: Failure; rounds: number },
): Promise<Warm> {
  const total: Pair[] = []
  const proved: Pair[] = []
  const first: Pair[] = []
  for (let round = 0; round < rounds; round += 1) {
    const sha = await breakRepository(ground.origin, failure)
    const hand = await fixByHand(ground.origin, { clone: ground.clone, failure, sha })
    const ours = await app.fix(ground.origin, failure)
    await mendRepository(ground.origin, failure)
    total.push({ byHandMs: hand.totalMs, oursMs: ours.totalMs })
    proved.push({ byHandMs: hand.provedMs, oursMs: ours.totalMs })
    first.push({ byHandMs: hand.firstResultMs, oursMs: ours.firstResultMs })
  }
  return { total, proved, first }
}

/** The same with the whole command line: a process, its modules, its database. */
export async function processRounds(
  ground: Ground,
  { failure, rounds }: { failure: Failure; rounds: number },
): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let round = 0; round < rounds; round += 1) {
    const sha = await breakRepository(ground.origin, failure)
    const hand = await fixByHand(ground.origin, { clone: ground.clone, failure, sha })
    const oursMs = await fixByProcess(ground.origin, { home: ground.home, failure })
    await mendRepository(ground.origin, failure)
    pairs.push({ byHandMs: hand.totalMs, oursMs })
  }
  return pairs
}

/** A first time: no clone, no mirror, no dependencies. Opening the app is measured apart: a server does it once. */
export async function coldRound(
  ground: Ground,
  failure: Failure,
): Promise<{ readonly pair: Pair; readonly openMs: number }> {
  const sha = await breakRepository(ground.origin, failure)
  forget(ground.clone)
  forget(ground.home)
  const hand = await fixByHand(ground.origin, { clone: ground.clone, failure, sha })
  const started = performance.now()
  const app = await openGoalkeeper(ground.home)
  const openMs = performance.now() - started
  try {
    const { totalMs } = await app.fix(ground.origin, failure)
    await mendRepository(ground.origin, failure)
    return { pair: { byHandMs: hand.totalMs, oursMs: totalMs }, openMs }
  } finally {
    await app.stop()
  }
}

import type { Event } from '#domain/event.ts'
import type { Outcome } from '#domain/outcome.ts'
import { beginRollback } from '#steps/begin-rollback.ts'
import { leaseFrom } from '#steps/deploy-run.ts'

import { beginTakeBack, type TakeBackWish } from '../../src/app-hub-take-back.ts'
import type { memoryDeployments } from './deploy-ledger.ts'
import { type gatedChange, repository } from './gated-change.ts'
import { memoryLedger } from './ledger-world.ts'
import { stepContext } from './step-context.ts'

const first = '0'.repeat(40)
const startedBy = () => ['rollback']

/**
 * What a person wants taken back, beside deploys that are watched and end: the real line and steps, and the rules that hold
 * whatever the order. `taken`: the runs of deploys that were taken back, by whomever.
 */
export function interleavedWaysBack(
  change: ReturnType<typeof gatedChange>,
  deployments: ReturnType<typeof memoryDeployments>,
) {
  const { claims } = memoryLedger().ledger
  const wishes: { runId: string; event: Event }[] = []
  const watched: string[] = []
  const wrong: string[] = []
  const taken: string[] = []
  let lastBack = -1
  const now = () => change.clock.now()
  const rowOf = (runId: string) => deployments.rows.find((row) => row.runId === runId)

  /** One version was verified there before anything happens. */
  const ready = (async () => {
    const before = { runId: 'run_0', repository: repository.id, environment: 'production' }
    const until = new Date(now().getTime() + 1)
    await deployments.enter({ ...before, pull: 4, sha: first }, { now: now(), until })
    await deployments.begin('run_0', { by: [], since: now(), now: now() })
    await deployments.end('run_0', 'verified', now())
  })()

  /** What comes back was verified, and never taken back itself. */
  const cameBack = (runId: string, previous: string | null) => {
    const { rows } = deployments
    const bad = rows.filter((row) => taken.includes(row.runId)).map(({ sha }) => sha)
    const good = rows.filter(({ state, takesBack }) => state === 'verified' && takesBack === null)
    if (previous === null || bad.includes(previous) || !good.some(({ sha }) => sha === previous))
      wrong.push(`${runId} goes back to ${previous}`)
    taken.push(runId)
    lastBack = now().getTime()
  }

  /** It waits for whoever deploys, and whoever wants it still may. */
  const wentBack = ({ runId, event }: (typeof wishes)[number]) => {
    if (watched.length > 0) wrong.push(`${runId} overtakes ${watched[0]}`)
    const by = event.kind === 'rollback-asked' ? event.rollback.by : ''
    if (change.roles.get(by) !== 'write') wrong.push(`${runId} by ${by}`)
    const way = rowOf(runId)
    cameBack(way?.takesBack ?? '', way?.previous ?? null)
  }

  return {
    ready,
    wrong,
    taken,
    async wish(wish: TakeBackWish) {
      const engine = {
        start: async (runId: string, _name: string, event: Event) =>
          void wishes.push({ runId, event }),
        signal: async () => undefined,
      }
      const { hosting } = change.parts
      const of = { claims, deployments, engine, hosting, clock: change.clock }
      const store = { run: async () => null }
      return await beginTakeBack({ ...of, store, startedBy, webUrl: '', shadow: false }, wish)
    },
    /** A deploy has the environment; `approvedAt`: when the last word was given. */
    begun(runId: string, approvedAt: number) {
      if (watched.length > 0) wrong.push(`${runId} beside ${watched[0]}`)
      if (approvedAt <= lastBack) wrong.push(`${runId} by a word from before a rollback`)
      watched.push(runId)
    },
    /** Whoever watches says so all the time. */
    async look() {
      for (const runId of watched) await deployments.turn(runId, leaseFrom(change.clock))
    },
    /** The watch of the oldest one ends: good, found bad (3), or as a person wants it. */
    async end(which: number) {
      const [runId] = watched.splice(0, 1)
      if (runId === undefined) return
      const isBad = which === 3 || (await deployments.askedBack(runId)) !== null
      if (isBad) cameBack(runId, rowOf(runId)?.previous ?? null)
      await deployments.end(runId, isBad ? 'rolled-back' : 'verified', now())
    },
    /** The turn of a wish: its run waits, is refused, or goes back. */
    async goOn(
      which: number,
      afterCrash: (step: () => Promise<Outcome>, dies: boolean) => Promise<Outcome>,
    ) {
      const at = which % Math.max(1, wishes.length)
      const one = wishes[at]
      if (one === undefined) return
      const ports = { deployments, people: change.parts.hosting.people, clock: change.clock }
      const step = () => beginRollback(ports).run({}, stepContext(one.runId, one.event))
      const outcome = await afterCrash(step, which === 2)
      if (outcome.kind === 'wait') return
      wishes.splice(at, 1)
      if (outcome.kind === 'done') wentBack(one)
      const end = outcome.kind === 'done' ? 'rolled-back' : 'refused'
      await deployments.end(one.runId, end, now())
    },
  }
}

import type { Event } from '#domain/event.ts'
import type { Outcome } from '#domain/outcome.ts'
import type { StepContext } from '#ports/step.ts'
import { awaitTurn } from '#steps/await-turn.ts'
import { consumeApproval } from '#steps/consume-approval.ts'

import { gatesOf } from '../../src/app-deploy.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { gatedChange, people, repository } from './gated-change.ts'
import { protectedBy } from './protected-by.ts'

const rules = `environments:
  production: { expires-hours: 1, deploy: {} }
`
const anHour = 3_600_000
/** Two of the commits have the very same files. */
const trees: Readonly<Record<string, string>> = { b: 'the same', c: 'the same' }

export const kinds = [
  'push',
  'approve',
  'approve',
  'approve',
  'reject',
  'hear',
  'hear',
  'hear all',
  'look',
  'merge',
  'merge',
  'deploy',
  'deploy',
  'deploy',
  'deploy',
  'lose',
  'wait',
  'lock',
  'unlock',
  'job',
  'job',
] as const

interface Happening {
  readonly kind: (typeof kinds)[number]
  readonly sha: string
  readonly by: (typeof people)[number]
  readonly named: 'nothing' | 'what is seen' | 'another'
  readonly which: number
  readonly minutes: number
}

const [, , bob] = people

/** A gate as the service has it, and beside it a record of what people saw and meant when they wrote. */
export function interleavings() {
  const change = gatedChange(rules)
  const deployments = memoryDeployments()
  const store = { append: async () => undefined }
  const ports = { ...change, deployments, gates: gatesOf(change.parts), mayDeploy: true, store }
  const letters: (() => Promise<unknown>)[] = []
  const meant: { who: string; tree: string; at: number }[] = []
  const wrong: string[] = []
  const letThrough = new Set<number>()
  let [runs, jobs, isLocked] = [0, 0, false]

  /** Whether somebody who may meant just this, not long ago, and nobody locked it. */
  const mayGoOut = (): boolean => {
    const now = change.clock.now().getTime()
    const { tree } = change.change()
    const able = meant.filter(
      (one) =>
        one.tree === tree &&
        one.at > now - anHour &&
        one.who !== 'ann' &&
        change.roles.get(one.who) === 'write',
    )
    return able.length > 0 && !isLocked
  }
  const parts = protectedBy(change, {
    approved(run) {
      if (!mayGoOut()) wrong.push(`job of ${run}`)
      letThrough.add(run)
      // One approval lets one run through, however often that is run again.
      const given = meant.filter(({ who }) => who !== 'ann').length
      if (letThrough.size > given) wrong.push(`${letThrough.size} runs by ${given}`)
    },
  })

  const deploy = async ({ which }: Happening) => {
    const context = contextOf(change.change(), (runs += 1))
    const took = await afterCrash(() => awaitTurn(ports).run({}, context), which === 1)
    const use = () => consumeApproval(ports).run({}, context)
    const begun = took.kind === 'done' ? await afterCrash(use, which === 2) : took
    const now = change.clock.now()
    if (begun.kind === 'done' && (change.change().state !== 'merged' || !mayGoOut()))
      wrong.push(context.runId)
    await deployments.end(context.runId, begun.kind === 'done' ? 'verified' : 'refused', now)
  }
  /** Where the process dies before the engine heard of the end, the step is run once more, and says the same. */
  const afterCrash = async (step: () => Promise<Outcome>, dies: boolean): Promise<Outcome> => {
    const first = await step()
    if (!dies) return first
    const again = await step()
    if (JSON.stringify(again) !== JSON.stringify(first)) wrong.push(`${first.kind} ${again.kind}`)
    return again
  }

  const isOpen = () => change.change().state === 'open'
  const does: Readonly<Record<Happening['kind'], (one: Happening) => unknown>> = {
    push: ({ sha }) => isOpen() && change.push(sha, trees[sha]),
    approve({ by, named }) {
      const { sha, tree } = change.change()
      const digits = { nothing: null, 'what is seen': sha.slice(0, 7), another: 'fffffff' }[named]
      if (named !== 'another') meant.push({ who: by.login, tree, at: change.clock.now().getTime() })
      letters.push(change.write(by, 'approve-deploy', digits))
    },
    reject: ({ by }) => letters.push(change.write(by, 'reject-deploy')),
    hear: ({ which }) => letters[which % Math.max(1, letters.length)]?.(),
    async 'hear all'() {
      for (const letter of letters) await letter()
    },
    look: () => change.hear(),
    merge: () => isOpen() && change.merge(),
    deploy,
    async lock() {
      await change.write(bob, 'lock')()
      isLocked = true
    },
    async unlock() {
      isLocked = false
      await change.write(bob, 'unlock')()
    },
    job: ({ which }) => parts.asks(which + 1, `job ${(jobs += 1)}`),
    lose: () => change.roles.set('maria', change.roles.get('maria') === 'write' ? 'read' : 'write'),
    wait: ({ minutes }) => change.pass(minutes * 60),
  }
  const shas = () =>
    deployments.rows.filter(({ state }) => state === 'verified').map(({ sha }) => sha)
  return {
    play: async (one: Happening) => void (await does[one.kind](one)),
    began: () => shas().length,
    /** Deploys that nobody meant, and commits that were deployed twice. */
    wrong: () => [...wrong, ...shas().filter((sha, at) => shas().indexOf(sha) !== at)],
  }
}

function contextOf(
  { sha, number: pull, title }: { sha: string; number: number; title: string },
  run: number,
): StepContext {
  const deploying = { repository, environment: 'production', pull, title }
  const event: Event = {
    kind: 'deploy-approved',
    repository: '/o',
    ref: sha,
    base: null,
    checks: [],
    taskId: 't',
    publish: true,
    deploy: deploying,
  }
  return {
    runId: `run_${run}`,
    phase: 'p',
    step: 's',
    attempt: 1,
    event,
    startedAt: new Date(0),
    signal: new AbortController().signal,
    note: () => undefined,
  }
}

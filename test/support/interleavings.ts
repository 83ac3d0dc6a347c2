import type { Outcome } from '#domain/outcome.ts'
import type { StepContext } from '#ports/step.ts'
import { awaitTurn } from '#steps/await-turn.ts'
import { consumeApproval } from '#steps/consume-approval.ts'
import { deployOf } from '#steps/deploy-run.ts'

import { gatesOf } from '../../src/app-deploy.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { gatedChange, people } from './gated-change.ts'
import { interleavedWaysBack } from './interleaved-ways-back.ts'
import { protectedBy } from './protected-by.ts'
import { deployContext } from './step-context.ts'

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
  'all in order',
  'end',
  'end',
  'roll back',
  'go back',
  'go back',
  'next',
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
  const deployments = memoryDeployments()
  const change = gatedChange(rules, { takeBack: (wish) => back.wish(wish) })
  const back = interleavedWaysBack(change, deployments)
  const store = { append: async () => undefined }
  const ports = { ...change, deployments, gates: gatesOf(change.parts), mayDeploy: true, store }
  const letters: (() => Promise<unknown>)[] = []
  const meant: { who: string; pull: number; tree: string; at: number }[] = []
  const { wrong } = back
  const letThrough = new Set<number>()
  const inLine: StepContext[] = []
  let [runs, jobs, isLocked] = [0, 0, false]

  /** Whether somebody who may meant just this, not long ago, and nobody locked it. */
  const mayGoOut = (pull: number): boolean => {
    const now = change.clock.now().getTime()
    const { tree, number } = change.changeOf(pull)
    const able = meant.filter(
      (one) =>
        one.tree === tree &&
        one.pull === number &&
        one.at > now - anHour &&
        one.who !== 'ann' &&
        change.roles.get(one.who) === 'write',
    )
    return able.length > 0 && !isLocked
  }
  const parts = protectedBy(change, {
    approved(run) {
      if (!mayGoOut(Math.floor(run / 10))) wrong.push(`job of ${run}`)
      letThrough.add(run)
      // One approval lets one run through, however often that is run again.
      const given = meant.filter(({ who }) => who !== 'ann').length
      if (letThrough.size > given) wrong.push(`${letThrough.size} runs by ${given}`)
    },
  })

  const deploy = async ({ which }: Happening) => {
    const context = inLine.shift() ?? deployContext(change.change(), (runs += 1))
    const took = await afterCrash(() => awaitTurn(ports).run({}, context), which === 1)
    const use = () => consumeApproval(ports).run({}, context)
    if (took.kind === 'wait') return void inLine.push(context)
    const begun = took.kind === 'done' ? await afterCrash(use, which === 2) : took
    if (begun.kind !== 'done')
      return await deployments.end(context.runId, 'refused', change.clock.now())
    const { pull } = deployOf(context)
    if (change.changeOf(pull).state !== 'merged' || !mayGoOut(pull)) wrong.push(context.runId)
    back.begun(context.runId, Math.max(0, ...meant.map(({ at }) => at)))
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
      const { sha, tree, number: pull } = change.change()
      const digits = { nothing: null, 'what is seen': sha.slice(0, 7), another: 'fffffff' }[named]
      const at = change.clock.now().getTime()
      if (named !== 'another') meant.push({ who: by.login, pull, tree, at })
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
    async 'all in order'(one) {
      if (isOpen()) change.merge()
      change.pass(60)
      does.approve({ ...one, by: bob, named: 'what is seen' })
      await letters.at(-1)?.()
      await deploy(one)
    },
    end: ({ which }) => back.end(which),
    'roll back': ({ by }) => letters.push(change.write(by, 'rollback')),
    'go back': ({ which }) => back.goOn(which, afterCrash),
    next: ({ sha }) => !isOpen() && change.another(change.change().number + 1, sha, 'open'),
    async lock() {
      await change.write(bob, 'lock')()
      isLocked = true
    },
    async unlock() {
      isLocked = false
      await change.write(bob, 'unlock')()
    },
    job: ({ which }) => parts.asks(change.change().number * 10 + which, `job ${(jobs += 1)}`),
    lose: () => change.roles.set('maria', change.roles.get('maria') === 'write' ? 'read' : 'write'),
    async wait({ minutes }) {
      await back.look()
      change.pass(minutes * 60)
      await back.look()
    },
  }
  const shas = () =>
    deployments.rows
      .filter(
        ({ state, takesBack }) => takesBack === null && state !== 'queued' && state !== 'refused',
      )
      .map(({ sha }) => sha)
  return {
    async play(one: Happening) {
      await back.ready
      await does[one.kind](one)
    },
    began: () => shas().length - 1,
    wentBack: () => back.taken.length,
    /** Deploys that nobody meant, commits that were deployed twice, and ways back that should not be. */
    wrong: () => [...wrong, ...twice(shas()), ...twice(back.taken)],
  }
}

function twice(all: readonly string[]): readonly string[] {
  return all.filter((one, at) => all.indexOf(one) !== at)
}

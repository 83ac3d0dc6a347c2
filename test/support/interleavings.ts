import type { Event } from '#domain/event.ts'
import type { StepContext } from '#ports/step.ts'
import { awaitTurn } from '#steps/await-turn.ts'
import { consumeApproval } from '#steps/consume-approval.ts'

import { gatesOf } from '../../src/app-deploy.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { gatedChange, type people, repository } from './gated-change.ts'

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
  'reject',
  'hear',
  'hear',
  'hear all',
  'look',
  'merge',
  'deploy',
  'deploy',
  'lose',
  'wait',
] as const

interface Happening {
  readonly kind: (typeof kinds)[number]
  readonly sha: string
  readonly by: (typeof people)[number]
  readonly named: 'nothing' | 'what is seen' | 'another'
  readonly which: number
  readonly minutes: number
}

/** A gate as the service has it, and beside it a record of what people saw and meant when they wrote. */
export function interleavings() {
  const change = gatedChange(rules)
  const deployments = memoryDeployments()
  const store = { append: async () => undefined }
  const ports = { ...change, deployments, gates: gatesOf(change.parts), mayDeploy: true, store }
  const letters: (() => Promise<unknown>)[] = []
  const meant: { who: string; tree: string; at: number }[] = []
  const wrong: string[] = []
  let runs = 0

  const deploy = async () => {
    const context = contextOf(change.change(), (runs += 1))
    const turn = await awaitTurn(ports).run({}, context)
    const begun = turn.kind === 'done' ? await consumeApproval(ports).run({}, context) : turn
    const now = change.clock.now()
    if (begun.kind === 'done') {
      const { tree, state } = change.change()
      const able = meant.filter(
        (one) =>
          one.tree === tree &&
          one.at > now.getTime() - anHour &&
          one.who !== 'ann' &&
          change.roles.get(one.who) === 'write',
      )
      if (state !== 'merged' || able.length === 0) wrong.push(`${context.runId} ${tree}`)
    }
    await deployments.end(context.runId, begun.kind === 'done' ? 'verified' : 'refused', now)
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

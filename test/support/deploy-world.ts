import { join } from 'node:path'

import { readWorkflows } from '#config/workflows.ts'
import type { News } from '#domain/news.ts'
import type { Json } from '#domain/outcome.ts'
import { runResult } from '#engine/interpret-records.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { StepKinds } from '#ports/step.ts'
import { awaitTurn } from '#steps/await-turn.ts'
import { concludeDeployment } from '#steps/conclude-deployment.ts'
import { consumeApproval } from '#steps/consume-approval.ts'
import { deployCommit, restoreCommit } from '#steps/deploy-commit.ts'
import { raiseAlerts } from '#steps/raise-alerts.ts'
import { reportDeployment } from '#steps/report-deployment.ts'
import { revertDeployment } from '#steps/revert-deployment.ts'
import { verifyDeployment } from '#steps/verify-deployment.ts'
import { weighRollback } from '#steps/weigh-rollback.ts'

import { gatesOf } from '../../src/app-deploy.ts'
import { memoryAccounts } from './account-in-memory.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { gatedChange, maria, repository } from './gated-change.ts'
import { Memory, memoryDurable, memoryStore } from './memory-durable.ts'
import { production, type Version } from './production.ts'

const rules = `environments:
  production:
    deploy:
      probes: [{ url: 'http://shop.example/health' }]
      metrics: { json: 'http://shop.example/counts' }
      reports: { label: broken }
`
const workflow = readWorkflows(join(import.meta.dirname, '../../workflows'), () => []).find(
  ({ name }) => name === 'deploy',
)

const commit = (sha: string) => ({
  sha,
  tree: `tree of ${sha}`,
  parents: ['parent'],
  subject: 'Faster',
  body: '',
  author: 'a',
  at: '',
})

/** A gated repository with a production behind it; deploys run by the real workflow on a clock that jumps over waits. */
export function deployWorld(versions: Readonly<Record<string, Version>>, mayDeploy = true) {
  const change = gatedChange(rules)
  const { clock, hosting } = change
  const place = production(clock, versions)
  const deployments = memoryDeployments()
  const incidents: string[] = []
  const opened: string[] = []
  const notes: string[] = []
  const news: News[] = []
  const mirror = { directory: '/m', origin: '/o', defaultBranch: 'main' }
  const records = memoryStore()
  const { store } = records
  const ports = {
    ...place,
    deployments,
    clock,
    store,
    accounts: memoryAccounts(records),
    deliveries: { since: async () => [] },
    newsroom: { post: async (told: News) => void news.push(told) },
    mayDeploy,
    gates: gatesOf(change.parts),
    comments: hosting.comments,
    incidents: {
      open: async (_repository: unknown, { title }: { title: string }) => {
        incidents.push(title)
        return { number: incidents.length, url: 'https://github.example/i' }
      },
    },
    repositories: {
      mirror: async () => mirror,
      resolve: async () => 'tip',
      mergeBase: async () => 'base',
      changed: async () => ['migrations/3.sql'],
      read: async (...[, sha]: unknown[]) =>
        sha === 'parent' ? null : 'alter table shop drop column price;\n',
      landed: async () => [commit('tip'), commit(change.change().sha)],
      reversal: async () => ({
        kind: 'reverted' as const,
        patch: [{ path: 'a.txt', content: 'a' }],
      }),
      commit: async () => ({ kind: 'written' as const, sha: 'r1' }),
      deliver: async () => 'delivered' as const,
    },
    pullRequests: {
      open: async (_repository: unknown, { title, base }: { title: string; base: string }) => {
        opened.push(`${title} → ${base}`)
        return {
          number: 9,
          url: 'https://github.example/pull/9',
          state: 'open' as const,
          headSha: 'r1',
          isDraft: true,
        }
      },
    },
  }
  const kinds: StepKinds = Object.fromEntries(
    [
      awaitTurn(ports),
      weighRollback(ports),
      consumeApproval(ports),
      deployCommit(ports),
      restoreCommit(ports),
      verifyDeployment(ports),
      revertDeployment(ports),
      concludeDeployment(ports),
      reportDeployment(ports),
      raiseAlerts(ports),
    ].map((kind) => [kind.name, kind]),
  )
  let runs = 0
  const memories = new Map<string, Memory>()
  const listener = {
    tell: (_run: string, told: { kind: string; text?: string }) =>
      void (told.text && notes.push(told.text)),
  }
  const deploy = async (runId = `run_${(runs += 1)}`) => {
    const { sha, number: pull, title } = change.change()
    const memory = memories.get(runId) ?? new Memory()
    memories.set(runId, memory)
    const programs = interpreter({ kinds, store, listener, clock, workflows: [] })
    const deploying = { repository, environment: 'production', pull, title }
    const event = {
      kind: 'deploy-approved',
      repository: '/o',
      ref: sha,
      base: null,
      checks: [],
      taskId: 'task-1',
      publish: true,
      deploy: deploying,
    }
    const input: Json = JSON.parse(JSON.stringify({ workflow, event }))
    const durable = memoryDurable(runId, memory, programs)
    const jumping = {
      ...durable,
      receive(topic: string, timeoutMs: number) {
        change.pass(timeoutMs / 1000)
        return durable.receive(topic, timeoutMs)
      },
    }
    const { outcome } = runResult.parse(await programs.run(jumping, input))
    return { outcome, state: deployments.rows.find((row) => row.runId === runId)?.state }
  }
  const approve = () => change.write(maria, 'approve-deploy', change.change().sha)()
  const next = async (number: number, sha: string) => {
    change.another(number, sha)
    await change.hear()
    await approve()
    return await deploy()
  }
  const { audit } = records
  return {
    change,
    approve,
    deploy,
    next,
    place,
    deployments,
    incidents,
    opened,
    notes,
    news,
    audit,
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { gitRepositories } from '#adapters/git/repositories.ts'
import { installedAt } from '#adapters/github/installed.ts'
import { ownSecrets } from '#adapters/secrets/own-secrets.ts'
import { parseRepositoryConfiguration } from '#config/repository.ts'
import { readWorkflows } from '#config/workflows.ts'
import type { Event } from '#domain/event.ts'
import type { News } from '#domain/news.ts'
import type { Json } from '#domain/outcome.ts'
import type { StopReason } from '#domain/restraint.ts'
import { runResult } from '#engine/interpret-records.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { Stops } from '#ports/restraints.ts'
import type { StepKind, StepKinds } from '#ports/step.ts'
import { beginSelfTest } from '#steps/begin-self-test.ts'
import { clearSelfTest } from '#steps/clear-self-test.ts'
import { concludeSelfTest } from '#steps/conclude-self-test.ts'
import { proposeNothing } from '#steps/propose-nothing.ts'
import { waitsWhileStopped } from '#steps/stopped.ts'
import { tryDeploy } from '#steps/try-deploy.ts'

import { openGitHub } from '../../src/app-github.ts'
import { openShop } from './github/shop.ts'
import { Memory, memoryDurable, memoryStore } from './memory-durable.ts'

const workflows = readWorkflows(join(import.meta.dirname, '../../workflows'), () => [])

/** What becomes of the deploy, whether GitHub tells us of that, and who says stop from the first wait on. */
interface Fate {
  readonly state?: 'success' | 'failure' | 'in_progress'
  readonly isTold?: boolean
  readonly environment?: string
}

/** Self-tests by the real workflow against a GitHub on loopback with real git, on a clock that jumps over waits. */
export async function openSelfTests(files: Readonly<Record<string, string>>) {
  const place = mkdtempSync(join(tmpdir(), 'self-test-'))
  const shop = await openShop({ files })
  const { app, privateKey } = shop.keeper
  const secrets = ownSecrets()
  const { hosting, clients, webUrl, credentials } = openGitHub(
    { appId: app.id, privateKey, webhookSecret: 's', apiUrl: shop.github.api },
    secrets,
    { home: place, deploys: { vercel: null, commands: null } },
  )
  const find = installedAt(clients)
  const git = { home: place, most: 1e9, env: process.env, secrets, credentials }
  const repositories = gitRepositories(git)
  const news: News[] = []
  const records = memoryStore()
  /** Who says stop, from which look of a run on. */
  const held: { by: StopReason | null; from: number } = { by: null, from: 1 }
  let looks = 0
  const stops = { of: async () => ((looks += 1) >= held.from ? held.by : null) }
  let offset = 0
  const clock = { now: () => new Date(Date.now() + offset) }
  const ports = {
    ...hosting,
    repositories,
    stops,
    clock,
    store: records.store,
    configurations: { parse: parseRepositoryConfiguration },
    newsroom: { post: async (told: News) => void news.push(told) },
  }
  const kinds: StepKinds = Object.fromEntries(
    [
      heldBy(stops, beginSelfTest(ports)),
      heldBy(stops, proposeNothing(ports)),
      heldBy(stops, tryDeploy(ports)),
      heldBy(stops, clearSelfTest(ports)),
      heldBy(stops, concludeSelfTest(ports)),
    ].map((kind) => [kind.name, kind]),
  )
  const programs = interpreter({
    kinds,
    store: records.store,
    listener: { tell: () => undefined },
    clock,
    workflows: [],
  })
  let runs = 0
  const run = async ({ state = 'success', isTold = true, environment = 'preview' }: Fate = {}) => {
    const repository = await find({ owner: 'acme', name: 'kiosk' })
    if (repository === null) throw new Error('The App is not installed there.')
    const runId = `self-test@${(runs += 1)}`
    const event: Event = {
      kind: 'self-test-due',
      repository: `${webUrl}/acme/kiosk.git`,
      ref: null,
      base: null,
      checks: [],
      taskId: `00000000-0000-5000-8000-00000000000${runs}`,
      publish: true,
      selfTest: { repository, environment },
    }
    const workflow = workflows.find(({ on }) => on.includes(event.kind))
    const input: Json = JSON.parse(JSON.stringify({ workflow, event }))
    offset = 0
    looks = 0
    const waits: string[] = []
    const durable = {
      ...memoryDurable(runId, new Memory(), programs),
      async receive(topic: string, timeoutMs: number) {
        waits.push(topic)
        // Of thirty looks at what never ends the last one is enough.
        offset += state === 'in_progress' ? 300_000 : timeoutMs
        if (topic === 'resume') held.by = null
        if (topic !== 'deploy' || waits.filter((one) => one === topic).length > 1) return null
        await deployed(state)
        return isTold ? 'reported' : null
      },
    }
    const { outcome } = runResult.parse(await programs.run(durable, input))
    const entry = [...records.audit.values()].find(
      (one) => one.runId === runId && one.type === 'self-test',
    )
    return { outcome, record: entry?.data, waits }
  }
  /** Somebody's program deployed the newest deployment of GitHub, and says what came of it. */
  const deployed = async (state: 'success' | 'failure' | 'in_progress') => {
    const deployment_id = shop.repository.deployments.at(-1)?.id ?? 0
    const said = { ...shop.at, deployment_id, state, description: 'no space left' }
    await shop.maria.octokit.rest.repos.createDeploymentStatus(said)
  }
  return {
    shop,
    news,
    held,
    find,
    run,
    async close() {
      await shop.close()
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** As the product wraps each kind. */
function heldBy<Input>(stops: Stops, kind: StepKind<Input>): StepKind {
  return {
    ...kind,
    async run(input, context) {
      const waits = await waitsWhileStopped(stops, kind, context)
      return waits ?? (await kind.run(kind.input.parse(input), context))
    },
  }
}

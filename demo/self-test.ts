import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'

import { onRecord } from '../src/cli-database.ts'
import { exitCodes } from '../src/cli-settings.ts'
import { json } from '../src/domain/outcome.ts'
import { deployedKiosk, fromCounts } from '../test/support/deployed-kiosk.ts'
import { deployerFor } from '../test/support/deployer.ts'
import { openShop, type Shop } from '../test/support/github/shop.ts'
import { openProduction, type RealProduction, visit } from '../test/support/real-production.ts'
import { selfTestText, type Seen, stepsOf } from './self-test-report.ts'
import { environment, startService } from './service.ts'

const title = '[test] Deployment workflow validation'
const gate = 'goalkeeper / deploy'
const door = join(import.meta.dirname, '../scripts/goalkeeper.mjs')
const events = ['check_run', 'issue_comment', 'pull_request', 'push', 'deployment_status']

/**
 * The whole deploy workflow of this installation's code with a commit that changes nothing, against a GitHub and a
 * production of its own on loopback: never against yours (S2-45, S2-46, K31). Answers the exit code, and puts the result
 * into the audit log of this machine.
 */
export async function selfTest(): Promise<number> {
  const began = Date.now()
  const place = await mkdtemp(join(tmpdir(), 'goalkeeper-self-test-'))
  // The sandbox's own user has to find its way in.
  await chmod(place, 0o711)
  const { traces, ...seen } = await lookAtOneDeploy(place).finally(() =>
    rm(place, { recursive: true, force: true }),
  )
  const steps = stepsOf({ ...seen, isPutAway: await areGone([place, ...traces]) })
  process.stdout.write(selfTestText(steps, Date.now() - began))
  const key = `self-test/${new Date().toISOString()}`
  const data = json.parse(JSON.parse(JSON.stringify({ steps, ms: Date.now() - began })))
  await onRecord(({ store }) => store.append({ runId: null, key, type: 'self-test', data }))
  return steps.every(({ isGood }) => isGood) ? exitCodes.green : exitCodes.red
}

interface Looked extends Omit<Seen, 'isPutAway'> {
  /** Folders and addresses that have to be gone in the end. */
  readonly traces: readonly string[]
}

async function areGone(traces: readonly string[]): Promise<boolean> {
  const left = traces.map((one) =>
    one.startsWith('http')
      ? fetch(one).then(
          () => true,
          () => false,
        )
      : Promise.resolve(existsSync(one)),
  )
  return (await Promise.all(left)).every((isThere) => !isThere)
}

async function lookAtOneDeploy(place: string): Promise<Looked> {
  const production = await openProduction('server.js')
  const rules = { production: production.url, metrics: fromCounts(production.url) }
  const shop = await openShop({ files: deployedKiosk(rules), ci: 'workflows', events })
  const home = join(place, 'home')
  await mkdir(home)
  const service = serviceFor({ shop, home, production })
  const close = async () => {
    await service.stop()
    await shop.close()
    await production.close()
  }
  try {
    shop.keeper.app.hook = { url: await service.webhooks, secret: service.secret }
    await Promise.race([service.ready(), service.ended])
    const { merged, told } = await Promise.race([deploy(shop, production), service.ended])
    await service.stop()
    const found = await recordOf(service.environment, { place, told })
    const { directory } = shop.repository
    const traces = [directory, production.url, shop.github.url, await service.webhooks]
    return { merged, told, ...found, live: production.releases.at(-1)?.sha ?? null, traces }
  } finally {
    await close()
  }
}

interface At {
  readonly shop: Shop
  readonly home: string
  readonly production: RealProduction
}

function serviceFor({ shop, home, production }: At) {
  const { keeper, github } = shop
  const secret = randomBytes(32).toString('hex')
  const watched = new URL(production.url).host
  const app = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const of = { home, ...app, secret, watched, heard: () => undefined }
  return { ...startService(of), secret, environment: environment(of) }
}

/** Visitors come, a no-op is proposed, merged and approved, and somebody deploys what GitHub is told to. */
async function deploy(shop: Shop, production: RealProduction) {
  const bring = (sha: string) => production.deploy(sha, shop.repository.directory)
  await bring(shop.first)
  const leave = visit(production, (number) => `/?visit=${number}`)
  const deployer = deployerFor(shop.maria.octokit, shop.at, bring)
  try {
    return await proposeAndApprove(shop)
  } finally {
    leave()
    await deployer.close()
  }
}

async function proposeAndApprove({ stranger, maria, at, repository }: Shop) {
  repository.collaborators.set('stranger', 'write')
  await stranger.checkout.push('self-test', { 'self-test.txt': `${title}\n` }, 'origin/main')
  const wanted = { ...at, head: 'self-test', base: 'main', title }
  const { data } = await stranger.octokit.rest.pulls.create(wanted)
  const { pulls, issues } = maria.octokit.rest
  const { sha: merged } = (await pulls.merge({ ...at, pull_number: data.number })).data
  await until(() =>
    repository.checks.runs.some(({ name, headSha }) => name === gate && headSha === merged),
  )
  // GitHub notes whole seconds: who approves within the same one has to name the commit.
  await sleep(1000)
  await issues.createComment({ ...at, issue_number: data.number, body: '/approve-deploy' })
  const said = () => {
    const { comments = [] } = repository.issues.find(({ number }) => number === data.number) ?? {}
    return comments.find(({ body }) => body.includes('Timeline'))?.body
  }
  await until(() => said() !== undefined)
  return { merged, told: said() ?? '' }
}

/** What the command line says of it afterwards, as whoever looks later would ask. */
async function recordOf(
  env: Readonly<Record<string, string>>,
  { place, told }: { readonly place: string; readonly told: string },
): Promise<Pick<Seen, 'recorded' | 'isLogWhole'>> {
  const run = /goalkeeper:deploy:\S+?:(\S+)/.exec(told)?.[1] ?? ''
  const ask = (...args: readonly string[]) =>
    execa(process.execPath, [door, ...args], { env, reject: false })
  const { stdout } = await ask('report', run, '--json')
  const file = join(place, 'audit.jsonl')
  await writeFile(file, `${(await ask('audit')).stdout}\n`)
  const { exitCode } = await ask('audit', '--verify', file)
  return { recorded: parsed(stdout), isLogWhole: exitCode === 0 }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 1200) throw new Error('It did not come to that within two minutes.')
    await sleep(100)
  }
}

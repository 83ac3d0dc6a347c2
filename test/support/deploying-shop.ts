import { setTimeout as sleep } from 'node:timers/promises'

import { deployedKiosk } from './deployed-kiosk.ts'
import { deployerFor } from './deployer.ts'
import { askingMs, type HostedShop, openHostedShop } from './hosted-shop.ts'
import { openProduction, type RealProduction, visit } from './real-production.ts'
import { openReleaseDoor } from './release-door.ts'
import { until } from './service.ts'

interface Of {
  /** Where errors are counted, as the configuration names it. */
  readonly metrics: (production: string) => string
  /** Other hosts that the service may ask. */
  readonly hosts?: readonly string[]
  readonly production?: RealProduction
  /** What the first commit has besides, or instead. */
  readonly files?: Readonly<Record<string, string>>
  /** The home of the service; left out, one like the home that was lived in. */
  readonly home?: string
}

/** A hosted shop, the production that its first commit runs in, visitors, and somebody else's deployer. */
export async function openDeployingShop(of: Of) {
  const world = await openShopInProduction(of)
  const { shop } = world.hosted
  const deployer = deployerFor(shop.maria.octokit, shop.at, world.deploy)
  return { ...world, deployer, close: () => world.close(deployer) }
}

/** The same, where a workflow of the repository deploys. */
export async function openShopWithWorkflow(of: Of) {
  const deployer = await openReleaseDoor()
  const files = { '.github/workflows/deploy.yml': deployer.workflow }
  const world = await openShopInProduction({ ...of, by: '{ workflow: deploy.yml }', files })
  deployer.leadsTo(world.deploy)
  return { ...world, deployer, close: () => world.close(deployer) }
}

interface Opening extends Of {
  readonly by?: string
}

async function openShopInProduction({ metrics, hosts = [], by, files, home, ...of }: Opening) {
  const production = of.production ?? (await openProduction('server.js'))
  const rules = { production: production.url, metrics: metrics(production.url), by }
  const watched = [new URL(production.url).host, ...hosts].join(',')
  const kiosk = { ...deployedKiosk(rules), ...files }
  const env = { WATCH_HOSTS: watched }
  const hosted = await openHostedShop(kiosk, { env, ...(home !== undefined && { home }) })
  const { shop } = hosted
  shop.repository.collaborators.set('stranger', 'write')
  const deploy = (sha: string) => production.deploy(sha, shop.repository.directory)
  await deploy(shop.first)
  const leave = visit(production, (number) => `/?visit=${number}`)
  return {
    hosted,
    production,
    deploy,
    ...people(hosted),
    async close(deployer: { close(): Promise<void> }) {
      leave()
      await deployer.close()
      await hosted.close()
      await production.close()
    },
  }
}

const gate = 'goalkeeper / deploy'

/** What people do, and what they are told. */
function people(hosted: HostedShop) {
  const { shop } = hosted
  const { pulls, issues } = shop.maria.octokit.rest
  return {
    /** The number of a pull request of the stranger. */
    async propose(title: string, files: Readonly<Record<string, string>>): Promise<number> {
      const head = title.toLowerCase().replaceAll(' ', '-')
      await shop.stranger.checkout.push(head, files, 'origin/main')
      const wanted = { ...shop.at, head, base: 'main', title }
      return (await shop.stranger.octokit.rest.pulls.create(wanted)).data.number
    },
    /** Merges it and approves the commit that it became; answers when, in milliseconds. */
    async mergeAndApprove(number: number): Promise<number> {
      const { data } = await pulls.merge({ ...shop.at, pull_number: number })
      const isShown = async () => (await hosted.runsOn(data.sha)).some(({ name }) => name === gate)
      await until(isShown, askingMs)
      // GitHub notes whole seconds: who approves within the same one has to name the commit.
      await sleep(1000)
      const at = Date.now()
      await issues.createComment({ ...shop.at, issue_number: number, body: '/approve-deploy' })
      return at
    },
    async say(number: number, body: string): Promise<void> {
      await issues.createComment({ ...shop.at, issue_number: number, body })
    },
    /** All that we said there, as one text. */
    said: async (number: number) =>
      (await hosted.commentsOn(number)).map(({ body }) => body).join('\n'),
    /** What we said on a pull request of its deploy, once that is over. */
    async outcomesOn(number: number): Promise<readonly string[]> {
      const said = async () => (await hosted.commentsOn(number)).map(({ body }) => body)
      const ends = async () => (await said()).filter((body) => body.includes('goalkeeper:deploy:'))
      await until(async () => (await ends()).length > 0, askingMs)
      return await ends()
    },
    reverts: async () => (await hosted.pulls()).filter(({ title }) => title.startsWith('Revert #')),
    /** What the incidents say, once there is one. */
    async incidents(): Promise<readonly string[]> {
      const labels = 'incident'
      const all = async () => (await issues.listForRepo({ ...shop.at, labels })).data
      await until(async () => (await all()).length > 0, askingMs)
      return (await all()).map(({ body }) => body ?? '')
    },
  }
}

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import { translate } from '#webhooks/translate.ts'

import { stopsOf } from '../../src/app-brakes.ts'
import { keepGatesTrue } from '../../src/app-gate-sweep.ts'
import { handled } from '../../src/app-handlers.ts'
import { hubHandlers } from '../../src/app-hub.ts'
import { type Mailbox, openMailbox } from './github/mailbox.ts'
import { openShop, type Shop } from './github/shop.ts'
import { memoryLedger } from './ledger-world.ts'

const events = [
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'check_run',
  'deployment_protection_rule',
]

export type GateWorld = Awaited<ReturnType<typeof openGateWorld>>

/**
 * A shop with these rules, and a pull request that a developer opened; the handlers hear what GitHub tells. `more`: other
 * files of the first commit; where there are workflows among them they run, and our App is a rule of `production`.
 */
export async function openGateWorld(rules: string, more: Readonly<Record<string, string>> = {}) {
  const box = await openMailbox()
  const webhook = { url: box.url, secret: 's' }
  const files = { '.github/goalkeeper.yml': rules, 'a.txt': 'a\n', ...more }
  const ci = Object.keys(more).length === 0 ? 'off' : 'workflows'
  const shop = await openShop({ events, webhook, files, ci })
  shop.repository.protection.rules.set('production', shop.keeper.app)
  shop.repository.collaborators.set('stranger', 'write')
  const { heed, lookLater } = keeperOf(shop, box)
  const head = await shop.stranger.checkout.push('topic', { 'b.txt': 'b\n' }, shop.first)
  const of = { ...shop.at, head: 'topic', base: 'main', title: 'Faster' }
  const { data } = await shop.stranger.octokit.rest.pulls.create(of)
  const number = data.number
  await heed()
  return {
    shop,
    number,
    head,
    heed,
    lookLater,
    async say(body: string, by: 'maria' | 'stranger' = 'maria'): Promise<number> {
      const { issues } = shop[by].octokit.rest
      const said = await issues.createComment({ ...shop.at, issue_number: number, body })
      await heed()
      return said.data.id
    },
    gate: (ref: string) => gateAt(shop, ref),
    answers: () => answersAt(shop, number),
    async close() {
      await shop.close()
      await box.close()
    },
  }
}

function keeperOf({ keeper, github }: Shop, box: Mailbox) {
  const clients = githubClients({
    appId: keeper.app.id,
    privateKey: keeper.privateKey,
    apiUrl: github.api,
  })
  const { ledger } = memoryLedger()
  const hosting = githubHosting(clients.clientFor, () => identify(clients.app))
  const stops = stopsOf({ ...ledger, hosting, enabled: true })
  const handlers = hubHandlers({
    engine: {
      start: async () => undefined,
      signal: async () => undefined,
      cancel: async () => undefined,
    },
    stops,
    ...ledger,
    hosting,
    startedBy: () => [],
    enabled: true,
    shadow: false,
    coder: false,
    webUrl: github.url,
  })
  const us = { appId: keeper.app.id, login: keeper.app.bot.login }
  let read = 0
  const heed = async () => {
    await github.settled()
    for (; read < box.letters.length; read++) {
      const { event: name = '', guid: id = '', body = '' } = box.letters[read] ?? {}
      const heard = translate({ id, name, us, payload: JSON.parse(body) })
      if (heard.kind === 'events') for (const one of heard.events) await handled(one, handlers)
      await github.settled()
    }
  }
  /** One round of looking at open gates, so many minutes from now. */
  const lookLater = async (minutes: number) => {
    const clock = { now: () => new Date(Date.now() + minutes * 60_000) }
    const failed: string[] = []
    const sweep = keepGatesTrue({ ...ledger, hosting, stops, clock }, (line) => failed.push(line))
    await sweep.stop()
    if (failed.length > 0) throw new Error(failed.join())
  }
  return { heed, lookLater }
}

async function gateAt({ octokit, at }: Shop, ref: string) {
  const { data } = await octokit.rest.checks.listForRef({ ...at, ref })
  return data.check_runs
    .filter(({ name }) => name === 'goalkeeper / deploy')
    .map(({ conclusion, output }) => `${conclusion}: ${output.title}`)
}

async function answersAt({ octokit, at }: Shop, issue_number: number): Promise<string[]> {
  const { data } = await octokit.rest.issues.listComments({ ...at, issue_number })
  return data.filter(({ user }) => user?.type === 'Bot').map(({ body }) => body ?? '')
}

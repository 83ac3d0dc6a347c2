import { rmSync } from 'node:fs'

import { openShop, type Shop } from './github/shop.ts'
import { newHome } from './lived-in-home.ts'
import { freePort, secret, type ServiceAt, startService, until } from './service.ts'

type Files = Readonly<Record<string, string>>

const ourCheck = 'goalkeeper / auto-fix'

const events = [
  'check_run',
  'check_suite',
  'workflow_run',
  'issues',
  'issue_comment',
  'pull_request',
  'push',
  'deployment_status',
]

interface More {
  /** What stands before several services. */
  readonly before?: { readonly port: number }
  /** Left out, one like the home that was lived in. */
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A shop whose webhooks go to a service with a home of its own, or to what stands before several of them. */
export async function openHostedShop(files: Files, { before, env = {}, ...more }: More = {}) {
  const home = more.home ?? newHome('goalkeeper-hosted-')
  const port = await freePort()
  const door = before?.port ?? port
  const webhook = { url: `http://127.0.0.1:${door}/api/github/webhooks`, secret }
  const shop = await openShop({ files, ci: 'workflows', events, webhook })
  const { keeper, github } = shop
  const at: ServiceAt = {
    home,
    port,
    appId: keeper.app.id,
    privateKey: keeper.privateKey,
    apiUrl: github.api,
    env,
  }
  return {
    shop,
    at,
    start: () => startService(at),
    ...lookingAt(shop),
    async close() {
      await shop.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Each look is a request whose answer is held against GitHub's description, which costs as much as a small step of a run. */
export const askingMs = 500

/** What people see. */
function lookingAt(shop: Shop) {
  const { rest } = shop.maria.octokit
  const pulls = async () => {
    const { data } = await rest.pulls.list({ ...shop.at, state: 'all', per_page: 100 })
    return data.map(({ number, draft, title, state, body, head, base, labels }) => ({
      number,
      draft,
      title,
      state,
      body: body ?? '',
      branch: head.ref,
      sha: head.sha,
      base: base.ref,
      labels: labels.map(({ name }) => name),
    }))
  }
  const fixesFor = async (base: string) =>
    (await pulls()).filter((one) => one.base === base && one.branch.startsWith('auto-fix/'))
  const runsOn = async (ref: string) => {
    const { data } = await rest.checks.listForRef({ ...shop.at, ref, filter: 'all', per_page: 100 })
    return data.check_runs.map(({ name, conclusion, output }) => ({ name, conclusion, output }))
  }
  const ours = async (ref: string) => (await runsOn(ref)).filter(({ name }) => name === ourCheck)
  return {
    pulls,
    fixesFor,
    runsOn,
    /** Our check runs on a commit. */
    ours,
    /** The fix for a branch once something is so. */
    async fixOnce(base: string, isSo: (fix: Awaited<ReturnType<typeof pulls>>[number]) => boolean) {
      await until(async () => (await fixesFor(base)).some(isSo), askingMs)
      const fix = (await fixesFor(base)).find(isSo)
      if (fix === undefined) throw new Error('it is gone')
      return fix
    },
    /** Our check run on a commit once it has ended. */
    async concluded(ref: string) {
      await until(
        async () => (await ours(ref)).some(({ conclusion }) => conclusion !== null),
        askingMs,
      )
      const run = (await ours(ref)).find(({ conclusion }) => conclusion !== null)
      return { conclusion: run?.conclusion, title: run?.output.title, summary: run?.output.summary }
    },
    async commentsOn(issue: number) {
      const { data } = await rest.issues.listComments({ ...shop.at, issue_number: issue })
      return data.map(({ user, body }) => ({ by: user?.login, body: body ?? '' }))
    },
    /** Messages of the commits that a pull request brings, oldest first. */
    async commitsOf(number: number) {
      const { data } = await rest.pulls.listCommits({ ...shop.at, pull_number: number })
      return data.map(({ sha, commit }) => ({ sha, message: commit.message }))
    },
  }
}

export type HostedShop = Awaited<ReturnType<typeof openHostedShop>>

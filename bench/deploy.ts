import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { badServer, fromPrometheus } from '../test/support/deployed-kiosk.ts'
import { openDeployingShop } from '../test/support/deploying-shop.ts'
import { findPrometheus, startPrometheus } from '../test/support/prometheus.ts'
import { openProduction, sickMs } from '../test/support/real-production.ts'
import { inColumns } from './columns.ts'

// The two times of a deploy, with the service as a process of its own, webhooks, git, somebody else's deployer, a small
// server with sixty visitors a second and a real Prometheus: a good one from the approval to the notice, and a bad one from the
// first bad answer that a visitor got to the version before. What the good one waits for by its rules is 30 s to settle, and as
// long as errors are counted; that is a setting of whoever deploys, and taken off.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const goals = { goodMs: 35_000, badMs: 60_000 }

const program = await findPrometheus()
if (program === null)
  throw new Error('This needs a Prometheus; README.md says where it comes from.')
const production = await openProduction('server.js')
const prometheus = await startPrometheus(program, production.url)

/** All as by default, but how long errors are counted: 30 s to settle, a look every 10 s. */
const rules = (bakeSeconds: number) => `environments:
  production:
    deploy:
      bake-seconds: ${bakeSeconds}
      probes: [{ url: '${production.url}/health', json: { status: ok } }]
      metrics: ${fromPrometheus(prometheus.url)}
`
const policy = '.github/goalkeeper.yml'
/** Prometheus has a second sample by then. Default: 300. */
const shortly = 3
const home = mkdtempSync(join(tmpdir(), 'goalkeeper-bench-deploy-'))
// The sandbox's own user has to find its way in.
chmodSync(home, 0o711)
const world = await openDeployingShop({
  home,
  production,
  metrics: () => fromPrometheus(prometheus.url),
  hosts: [new URL(prometheus.url).host],
  files: { [policy]: rules(shortly) },
})
const service = world.hosted.start()

interface Told {
  readonly ms: number
  readonly isAsItShouldBe: boolean
}

try {
  await service.until('ready')
  const good = await goodCycle()
  const bad = await badDeploy()
  process.stdout.write(values.json ? `${JSON.stringify({ good, bad })}\n` : tableOf(good, bad))
  const isReached = good.ms <= goals.goodMs && bad.ms <= goals.badMs
  process.exitCode = isReached && good.isAsItShouldBe && bad.isAsItShouldBe ? 0 : 1
} finally {
  service.process.kill('SIGTERM')
  await service.process
  await world.close()
  await prometheus.close()
}

async function goodCycle(): Promise<Told> {
  const number = await world.propose('Slower checkout', { 'slow.txt': 'slow\n' })
  const approvedAt = await world.mergeAndApprove(number)
  const [told = ''] = await world.outcomesOn(number)
  const cycle = Date.now() - approvedAt
  const provider = world.deployer.done.map(
    ({ liveAt, askedAt }) => Number(liveAt) - Number(askedAt),
  )
  const isAsItShouldBe = told.includes('✅ DEPLOYMENT SUCCESSFUL')
  return { ms: cycle - (provider[0] ?? 0) - shortly * 1000, isAsItShouldBe }
}

/** With nothing set but where errors are counted: five minutes of counting, which nobody has to wait for. */
async function badDeploy(): Promise<Told> {
  await world.hosted.shop.maria.checkout.push('main', { [policy]: rules(300) }, 'origin/main')
  const number = await world.propose('Faster checkout', badServer)
  await world.mergeAndApprove(number)
  const [told = ''] = await world.outcomesOn(number)
  const [good, , back] = world.deployer.done
  const incidents = await world.incidents()
  const reverts = await world.reverts()
  const taskId = /Task: (\S+)/.exec(told)?.[1] ?? 'none'
  const isOneTask = [...incidents, ...reverts.map(({ body }) => body)].every((body) =>
    body.includes(taskId),
  )
  const isBack = back?.sha === good?.sha && told.includes('Rolled back to previous version')
  const isAsItShouldBe = isBack && isOneTask && incidents.length === 1 && reverts.length === 1
  return { ms: sickMs(production), isAsItShouldBe }
}

function tableOf(good: Told, bad: Told): string {
  const line = (what: string, { ms, isAsItShouldBe }: Told, goalMs: number) => [
    what,
    isAsItShouldBe ? `${(ms / 1000).toFixed(1)} s` : 'it did not come to that',
    `≤ ${goalMs / 1000} s`,
  ]
  const table = inColumns([
    ['what', 'took', 'goal'],
    line(
      'good: from the approval to the notice, without the provider and the counting',
      good,
      goals.goodMs,
    ),
    line('bad: from the first bad answer to the version before', bad, goals.badMs),
  ])
  const after = bad.isAsItShouldBe
    ? 'one revert pull request and one incident, of the same task'
    : '-'
  return `${table}\nafter the bad one: ${after}\n`
}

import { afterAll, beforeAll, expect, test } from 'vitest'

import { cheaplyBroken } from '../support/cheap-kiosk.ts'
import { badServer, fromPrometheus } from '../support/deployed-kiosk.ts'
import { openDeployingShop } from '../support/deploying-shop.ts'
import { findPrometheus, startPrometheus } from '../support/prometheus.ts'
import { openProduction, sickMs } from '../support/real-production.ts'
import { type startService, until } from '../support/service.ts'

const program = await findPrometheus()

let prometheus: Awaited<ReturnType<typeof startPrometheus>>
let world: Awaited<ReturnType<typeof openDeployingShop>>
let service: ReturnType<typeof startService>

beforeAll(async () => {
  if (program === null) return
  const production = await openProduction('server.js')
  prometheus = await startPrometheus(program, production.url)
  const metrics = () => fromPrometheus(prometheus.url)
  world = await openDeployingShop({ production, metrics, hosts: [new URL(prometheus.url).host] })
  service = world.hosted.start()
  await service.until('ready')
})

afterAll(async () => {
  if (program === null) return
  service.process.kill('SIGTERM')
  await service.process
  await world.close()
  await prometheus.close()
})

const seconds = (ms: number) => Math.round(ms / 100) / 10

test.skipIf(program === null)(
  'what was red is repaired, approved, deployed and verified, as one task',
  async ({ annotate }) => {
    const { hosted, deployer } = world
    await hosted.shop.maria.checkout.push('main', cheaplyBroken)
    const fix = await hosted.fixOnce('main', ({ draft }) => draft === false)
    const approvedAt = await world.mergeAndApprove(fix.number)
    const [told, ...others] = await world.outcomesOn(fix.number)
    const [good] = deployer.done
    const cycle = Date.now() - approvedAt - (Number(good?.liveAt) - Number(good?.askedAt))

    const [commit] = await hosted.commitsOf(fix.number)
    const taskId = /^Task-Id: (.+)$/m.exec(commit?.message ?? '')?.[1]
    expect(others).toEqual([])
    expect(told).toContain('✅ DEPLOYMENT SUCCESSFUL')
    expect(told).toContain(`Task: ${taskId}`)
    expect(good).toMatchObject({ task: 'deploy', payload: { taskId } })
    await annotate(`good cycle without the provider: ${seconds(cycle)} s`)
    // 35 s on a quiet machine; here others are at work.
    expect(cycle).toBeLessThan(90_000)
  },
)

test.skipIf(program === null)(
  'what makes errors more frequent is taken back, in production and in git, and people are told',
  async ({ annotate }) => {
    const { deployer, production } = world
    const bad = await world.propose('Faster checkout', badServer)
    await world.mergeAndApprove(bad)
    const [told = ''] = await world.outcomesOn(bad)

    const [good, worse, back] = deployer.done
    expect(told).toContain('Rolled back to previous version')
    expect(deployer.done.map(({ task }) => task)).toEqual(['deploy', 'deploy', 'rollback'])
    expect(back).toMatchObject({ sha: good?.sha })
    expect(production.releases.at(-1)).toMatchObject({ sha: good?.sha })
    const sick = sickMs(production)
    await annotate(`from the first bad answer to the version before: ${seconds(sick)} s`)
    expect(sick).toBeLessThan(60_000)

    const taskId = /Task: (\S+)/.exec(told)?.[1]
    expect([worse, back]).toMatchObject([{ payload: { taskId } }, { payload: { taskId } }])
    const body = expect.stringContaining(`Task: ${taskId}`)
    const title = `Revert #${bad}: Faster checkout`
    expect(await world.reverts()).toMatchObject([{ base: 'main', title, body }])
    expect(await world.incidents()).toEqual([body])
  },
)

test.skipIf(program === null)(
  'what a person wants taken back while it is watched is taken back at once',
  async () => {
    const { deployer, production } = world
    const good = await world.propose('Slower checkout', { 'slow.txt': 'slow\n' })
    await world.mergeAndApprove(good)
    await until(async () => deployer.done.length === 4)
    await world.say(good, '/rollback production customers call')
    const [told = ''] = await world.outcomesOn(good)

    expect(told).toContain('Reason: somebody said so; maria')
    expect(deployer.done.slice(3)).toMatchObject([
      { task: 'deploy' },
      { task: 'rollback', sha: deployer.done[0]?.sha },
    ])
    expect(production.releases.at(-1)).toMatchObject({ sha: deployer.done[0]?.sha })
    expect(await world.said(good)).toContain('`production` is rolled back from')
  },
)

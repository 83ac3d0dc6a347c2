import { afterAll, beforeAll, expect, test } from 'vitest'

import { cheapKiosk } from '../support/cheap-kiosk.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { until } from '../support/service.ts'

const price = cheapKiosk['src/price.js']
/** What nobody here can repair: it reads well, and is wrong. */
const wrong = { 'src/price.js': price.replace('sum + item', 'sum * item') }

let hosted: HostedShop
let service: ReturnType<HostedShop['start']>

beforeAll(async () => {
  const configuration = 'culprit: { fix-forward-minutes: 0 }\n'
  hosted = await openHostedShop({ ...cheapKiosk, '.github/goalkeeper.yml': configuration })
  service = hosted.start()
  await service.until('ready')
})

afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await hosted.close()
})

test('a commit that nothing repairs is proved guilty, its revert is green, and the change waits behind it', async () => {
  const { shop } = hosted
  await shop.maria.checkout.push('main', { 'notes/1.md': 'one\n' })
  const guilty = await shop.maria.checkout.push('main', wrong)

  const revert = await hosted.fixOnce('main', ({ draft }) => draft === false)
  const ours = async () => (await hosted.ours(guilty)).at(-1)?.output.title ?? ''
  await until(async () => (await ours()).includes(`#${revert.number}`))

  expect(await ours()).toMatch(
    new RegExp(`^${guilty.slice(0, 12)} .*#${revert.number} takes it back`),
  )
  expect(await hosted.runsOn(revert.sha)).toContainEqual(
    expect.objectContaining({ name: 'test', conclusion: 'success' }),
  )
  const [commit, ...others] = await hosted.commitsOf(revert.number)
  expect(others).toEqual([])
  expect(commit?.message).toContain(`\nThis reverts commit ${guilty}.\n`)
  const forward = (await hosted.pulls()).find(({ base }) => base === revert.branch)
  expect(forward).toMatchObject({ state: 'open', draft: true, labels: ['fix-forward'] })
  const { data } = await shop.maria.octokit.rest.repos.getBranch({ ...shop.at, branch: 'main' })
  expect(data.commit.sha).toBe(guilty)
})

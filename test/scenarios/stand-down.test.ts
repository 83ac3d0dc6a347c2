import { afterAll, beforeAll, expect, test } from 'vitest'

import { cheapKiosk, cheaplyBroken } from '../support/cheap-kiosk.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { type startService, until } from '../support/service.ts'

let hosted: HostedShop
let service: ReturnType<typeof startService>

beforeAll(async () => {
  hosted = await openHostedShop(cheapKiosk)
  service = hosted.start()
  await service.until('ready')
})
afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await hosted.close()
})

const announced = (sha: string) => until(async () => (await hosted.ours(sha)).length > 0)

test('whoever pushes to the red branch is not overtaken: the old commit is left, the new one gets its own run', async () => {
  const { push } = hosted.shop.maria.checkout
  const old = await push('main', cheaplyBroken)
  await announced(old)
  const red = await push('main', { 'README.md': 'Still red.\n' })

  expect(await hosted.concluded(old)).toMatchObject({
    conclusion: 'neutral',
    summary: expect.stringContaining('The branch moved on'),
  })
  const fix = await hosted.fixOnce('main', ({ draft }) => draft === false)
  expect(await hosted.fixesFor('main')).toHaveLength(1)
  const [commit] = await hosted.commitsOf(fix.number)
  expect(await hosted.shop.maria.checkout.git('fetch', '--quiet', 'origin')).toBe('')
  const parent = await hosted.shop.maria.checkout.git('rev-parse', `${commit?.sha}^`)
  expect(parent.trim()).toBe(red)
})

test('whoever pushes to the branch of a fix takes it over, which is said once', async () => {
  const { push } = hosted.shop.maria.checkout
  const [fix] = await hosted.fixesFor('main')
  const number = fix?.number ?? 0
  const said = async () =>
    (await hosted.commentsOn(number)).filter(({ body }) => body.includes('theirs now'))
  await push(fix?.branch ?? '', { 'NOTES.md': 'mine\n' })
  await until(async () => (await said()).length > 0)
  const last = await push(fix?.branch ?? '', { 'NOTES.md': 'mine too\n' })
  await hosted.shop.github.settled()

  expect(await said()).toHaveLength(1)

  const red = await push('main', { 'README.md': 'Red as before.\n' })
  expect(await hosted.concluded(red)).toMatchObject({
    summary: expect.stringContaining('Somebody goes on with the pull request'),
  })
  expect(await hosted.fixesFor('main')).toMatchObject([{ number, sha: last, state: 'open' }])
})

test('whoever repairs the branch has our fix for it closed with a sentence, and its branch is gone', async () => {
  const { checkout, octokit } = hosted.shop.maria
  const { push } = checkout
  // Theirs, so that it declines nothing.
  await octokit.rest.pulls.update({ ...hosted.shop.at, pull_number: 1, state: 'closed' })
  await push('main', { 'README.md': 'Red once more.\n' })
  const fix = await hosted.fixOnce('main', ({ draft, number }) => draft === false && number > 1)
  await push('main', cheapKiosk)

  await hosted.fixOnce('main', ({ number, state }) => number === fix.number && state === 'closed')
  const said = (await hosted.commentsOn(fix.number)).map(({ body }) => body)
  expect(said).toEqual([expect.stringContaining('green again')])

  const place = { ...hosted.shop.at, ref: 'heads/auto-fix/' }
  const left = async () =>
    (await octokit.rest.git.listMatchingRefs(place)).data.map(({ ref }) => ref)
  await until(async () => !(await left()).includes(`refs/heads/${fix.branch}`))
  // That of the first stays: it is somebody's own.
  expect(await left()).not.toEqual([])
})

test('whoever repairs the branch while a run is under way is not sent a fix any more', async () => {
  const { push } = hosted.shop.maria.checkout
  const before = await hosted.fixesFor('main')
  const red = await push('main', cheaplyBroken)
  await announced(red)
  await push('main', cheapKiosk)

  expect(await hosted.concluded(red)).toMatchObject({ conclusion: 'neutral' })
  await hosted.shop.github.settled()
  expect(await hosted.fixesFor('main')).toEqual(before)
})

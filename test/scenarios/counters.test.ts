import { afterAll, beforeAll, expect, test } from 'vitest'

import { cheapKiosk } from '../support/cheap-kiosk.ts'
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

/** A wrong calculation: nothing that we would guess at. */
const wrong = {
  'src/price.js': cheapKiosk['src/price.js'].replace('sum + item', 'sum - item'),
}

const failed = async (files: Readonly<Record<string, string>>) =>
  (await hosted.concluded(await hosted.shop.maria.checkout.push('main', files))).title

test('a failure is tried three times, then declined, until it changes or somebody asks', async () => {
  const tried = [await failed(wrong), await failed({ a: '1' }), await failed({ a: '2' })]
  const declined = await failed({ a: '3' })

  expect(new Set(tried)).toEqual(new Set(['No fixer knows how to repair this failure.']))
  expect(declined).toMatch(/^Declined: tried 3 times\./)

  const { rest } = hosted.shop.maria.octokit
  const { data: issue } = await rest.issues.create({ ...hosted.shop.at, title: 'Red for days' })
  const place = { ...hosted.shop.at, issue_number: issue.number }
  await rest.issues.createComment({ ...place, body: '/auto-fix' })
  const answers = async () =>
    (await hosted.commentsOn(issue.number)).filter(({ by }) => by === 'keeper[bot]')
  await until(async () => (await answers()).some(({ body }) => body.includes('No pull request')))
  expect((await answers())[0]?.body).toContain('No fixer knows how to repair this failure.')

  const other = "export const total = () => {\n  throw new Error('closed')\n}\n"
  expect(await failed({ 'src/price.js': other })).toBe('No fixer knows how to repair this failure.')
})

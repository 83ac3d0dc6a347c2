import { afterEach, beforeEach, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop({ ci: { test: 'true' } })
})

afterEach(async () => {
  await shop.close()
})

async function page(url: string): Promise<string> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return await response.text()
}

test('a pull request can be looked at: its text, its checks and its changes', async () => {
  await shop.maria.checkout.push('topic', { 'a.txt': '<b>two</b>\n' }, shop.first)
  const asked = { ...shop.at, head: 'topic', base: 'main', title: 'Say <two>' }
  const { data } = await shop.octokit.rest.pulls.create({ ...asked, body: 'As **asked**.' })
  await shop.github.settled()
  const text = await page(data.html_url)

  expect(text).toContain('Say &lt;two&gt; #1')
  expect(text).toContain('As **asked**.')
  expect(text).toContain('test: success')
  expect(text).toContain('+&lt;b&gt;two&lt;/b&gt;')
})

test('an issue can be looked at: its text and what was said', async () => {
  const { data } = await shop.octokit.rest.issues.create({ ...shop.at, title: 'red' })
  const said = { ...shop.at, issue_number: data.number, body: '<script>no</script>' }
  await shop.octokit.rest.issues.createComment(said)

  expect(await page(data.html_url)).toContain('&lt;script&gt;no&lt;/script&gt;')
})

test('what is not there is not found', async () => {
  const { status } = await fetch(`${shop.github.url}/acme/kiosk/pull/9`)

  expect(status).toBe(404)
})

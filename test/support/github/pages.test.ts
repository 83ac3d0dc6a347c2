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

test('a pull request can be looked at: its text, its checks, its commits and its changes', async () => {
  await shop.maria.checkout.push('topic', { 'a.txt': '<b>two</b>\n' }, shop.first)
  const asked = { ...shop.at, head: 'topic', base: 'main', title: 'Say <two>' }
  const body = 'As **asked**.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<sub>Run 7</sub>'
  const { data } = await shop.octokit.rest.pulls.create({ ...asked, body, draft: true })
  await shop.github.settled()
  const text = await page(data.html_url)

  expect(text).toContain('Say &lt;two&gt; #1')
  expect(text).toContain('>draft</span> by keeper[bot]')
  expect(text).toContain('As <strong>asked</strong>.')
  expect(text).toContain('<td>1</td>')
  expect(text).toContain('<sub>Run 7</sub>')
  expect(text).toContain('test: success')
  expect(text).toContain('change topic')
  expect(text).toContain('<ins>+&lt;b&gt;two&lt;/b&gt;</ins>')
})

test('an issue can be looked at, and nothing that is said there is run', async () => {
  const { data } = await shop.octokit.rest.issues.create({ ...shop.at, title: 'red' })
  const hostile = [
    '<script>no</script>',
    '<!-- hidden -->',
    '[x](javascript:alert(1))',
    '<sub onclick=alert(1)>',
    '<img src=x onerror=alert(1)>',
  ]
  const said = { ...shop.at, issue_number: data.number, body: hostile.join('\n\n') }
  await shop.octokit.rest.issues.createComment(said)
  const text = await page(data.html_url)

  expect(text).toContain('&lt;script&gt;no&lt;/script&gt;')
  expect(text).not.toContain('hidden')
  expect(text).not.toMatch(/<(?:script|img|sub)|href="javascript/)
})

test('a page may load and run nothing', async () => {
  const { data } = await shop.octokit.rest.issues.create({ ...shop.at, title: 'red' })
  const { headers } = await fetch(data.html_url)

  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
})

test('what is not there is not found', async () => {
  const { status } = await fetch(`${shop.github.url}/acme/kiosk/pull/9`)

  expect(status).toBe(404)
})

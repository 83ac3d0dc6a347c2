import { createServer } from 'node:http'

import { createNodeMiddleware, Probot } from 'probot'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

const secret = 'between the two of us'
const server = createServer()
let shop: Shop
let url: string

beforeEach(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const webhook = { url: `${url}/api/github/webhooks`, secret }
  shop = await openShop({ webhook, events: ['issues'] })
})

afterEach(async () => {
  await shop.close()
  server.closeAllConnections()
  server.close()
})

test('a Probot app works with our GitHub as with the real one', async () => {
  const { app, privateKey } = shop.keeper
  const own = { appId: app.id, privateKey, secret, baseUrl: shop.github.api }
  const probot = new Probot({ ...own, logLevel: 'error' })
  const answer = await createNodeMiddleware(
    (bot) => {
      bot.on('issues.opened', async (context) => {
        await context.octokit.rest.issues.createComment(context.issue({ body: 'Seen.' }))
      })
    },
    { probot },
  )
  server.on('request', (request, response) => {
    void answer(request, response)
  })
  const { data } = await shop.maria.octokit.rest.issues.create({ ...shop.at, title: 'red' })
  await shop.github.settled()
  const asked = { ...shop.at, issue_number: data.number }
  const { data: comments } = await shop.octokit.rest.issues.listComments(asked)

  expect(comments).toMatchObject([{ body: 'Seen.', user: { login: 'keeper[bot]' } }])
  expect(app.deliveries.at(-1)).toMatchObject({ statusCode: 200 })
})

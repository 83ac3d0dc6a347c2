import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'

import { mail } from '#adapters/notify/mail.ts'
import { slackApi, slackWebhook } from '#adapters/notify/slack.ts'
import { signedWebhook } from '#adapters/notify/webhook.ts'
import { deployNews } from '#messages/deploy-news.ts'
import { newsOfDeploy } from '#messages/news.ts'
import type { TakenNews } from '#ports/news.ts'

import { repairedAndDeployed, takenBack } from '../../support/recorded-account.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const news = newsOfDeploy(takenBack)
if (news === null) throw new Error('The story has a deploy.')
const taken: TakenNews = {
  id: '7',
  channel: 'webhook',
  news: { ...news, brief: `${news.brief}<!channel> & more\n` },
  postedAt: new Date('2025-10-18T14:02:17.000Z'),
  attempt: 1,
}

interface Heard {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server that answers the same to everything, and what it heard. */
async function listener(status: number, answer: string) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(status).end(answer)
    })
  })
  const url = await open(server)
  return { url, heard }
}

async function open(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  )
  return `http://127.0.0.1:${portOf(server.address())}`
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  return address.port
}

const idOf = (letter: string) => /^Message-ID: (.*)$/m.exec(letter)?.[1]

test('a Slack webhook gets the notice, with no mention in it', async () => {
  const { url, heard } = await listener(200, 'ok')
  expect(await slackWebhook(`${url}/services/T/B/x`).send(taken)).toEqual({ kind: 'sent' })
  const said = JSON.parse(heard[0]?.body ?? '')
  expect(said.text).toContain('⚠️ DEPLOYMENT FAILED')
  expect(said.text).toContain('&lt;!channel&gt; &amp; more')
})

test("Slack's API gets it with the token, in the channel", async () => {
  const { url, heard } = await listener(200, '{"ok":true}')
  const slack = slackApi({ url, token: 'xoxb-token', channel: '#deploys' })
  expect(await slack.send(taken)).toEqual({ kind: 'sent' })
  expect(heard[0]).toMatchObject({
    url: '/chat.postMessage',
    headers: { authorization: 'Bearer xoxb-token' },
  })
  expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ channel: '#deploys' })
})

test.each([
  ['{"ok":false,"error":"ratelimited"}', 'unreachable'],
  ['{"ok":false,"error":"channel_not_found"}', 'refused'],
  ['<html>', 'unreachable'],
])("Slack's %s is %s", async (answer, kind) => {
  const { url } = await listener(200, answer)
  const slack = slackApi({ url, token: 'xoxb-token', channel: '#deploys' })
  expect(await slack.send(taken)).toMatchObject({ kind })
})

test.each([
  [404, 'refused'],
  [429, 'unreachable'],
  [500, 'unreachable'],
])('a webhook that answers %i is %s', async (status, kind) => {
  const { url } = await listener(status, '')
  expect(await slackWebhook(url).send(taken)).toEqual({ kind, problem: `answered ${status}` })
})

test('an address where nobody is is said without the address', async () => {
  const end = await slackWebhook('http://127.0.0.1:9/secret-part').send(taken)
  expect(end.kind).toBe('unreachable')
  expect(JSON.stringify(end)).not.toContain('secret-part')
})

test('a webhook is signed as Standard Webhooks says, and has the same id each time', async () => {
  const { url, heard } = await listener(204, '')
  const key = Buffer.from('a key of twenty-four bytes')
  const secret = `whsec_${key.toString('base64')}`
  const hook = signedWebhook({ url, secret, now: () => new Date(1_760_796_000_000) })
  await hook.send(taken)
  await hook.send({ ...taken, attempt: 2 })
  const [first, second] = heard
  const { 'webhook-id': id, 'webhook-timestamp': at } = first?.headers ?? {}
  const signed = createHmac('sha256', key).update(`${String(id)}.${String(at)}.${first?.body}`)
  expect(first?.headers['webhook-signature']).toBe(`v1,${signed.digest('base64')}`)
  expect([at, second?.headers['webhook-id']]).toEqual(['1760796000', id])
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    type: 'deploy.rolled-back',
    data: { environment: 'production', notice: deployNews(takenBack) },
  })
})

test('a mail has the notice, the report and the timeline, and the same Message-ID each time', async () => {
  const letters: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let letter = ''
      stream.on('data', (chunk: Buffer) => (letter += chunk.toString()))
      stream.on('end', () => {
        letters.push(letter)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  )
  const smtp = `smtp://127.0.0.1:${portOf(server.server.address())}`
  const good = newsOfDeploy(repairedAndDeployed)
  const letter = { ...taken, news: { ...(good ?? news), subject: 'Good\r\nBcc: eve@example.com' } }
  const post = mail({ smtp, from: 'robot@example.com', to: ['ann@example.com', 'bob@example.com'] })
  expect(await post.send(letter)).toEqual({ kind: 'sent' })
  expect(await post.send(letter)).toEqual({ kind: 'sent' })
  const [text = '', again = ''] = letters
  expect(text).toMatch(/^To: ann@example.com, bob@example.com/m)
  expect(text).not.toMatch(/^Bcc:/m)
  expect(text).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(idOf(text)).toBe(idOf(again))
  const body = Buffer.from(text.split('\r\n\r\n').slice(1).join(''), 'base64').toString()
  const said = body.includes('DEPLOYMENT') ? body : text
  expect(said).toContain('DEPLOYMENT')
})

test('a mail server that is away is tried again', async () => {
  const post = mail({
    smtp: 'smtp://127.0.0.1:9',
    from: 'robot@example.com',
    to: ['a@example.com'],
  })
  expect(await post.send(taken)).toEqual({ kind: 'unreachable', problem: 'no answer' })
})

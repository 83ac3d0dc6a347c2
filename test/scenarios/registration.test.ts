import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openShop, type Shop } from '../support/github/shop.ts'
import { freePort, until } from '../support/service.ts'

const root = join(import.meta.dirname, '../..')

let top: string
let file: string
let shop: Shop
let port: number
let service: ReturnType<typeof start>

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'registration-'))
  chmodSync(top, 0o711)
  file = join(top, 'settings.env')
  shop = await openShop()
  port = await freePort()
  const before = `# mine\nGITHUB_API_URL=${shop.github.api}\nAPP_ID=`
  writeFileSync(file, before, { mode: 0o644 })
  service = start({ PORT: String(port) })
})

afterAll(async () => {
  service.kill('SIGTERM')
  await service
  await shop.close()
  rmSync(top, { recursive: true, force: true })
})

function environment(more: Readonly<Record<string, string>>) {
  const none = { APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '', DATABASE_URL: '' }
  return { ...none, GOALKEEPER_ENV_FILE: file, GOALKEEPER_HOME: join(top, 'home'), ...more }
}

function start(more: Readonly<Record<string, string>>) {
  const main = join(root, 'src/main.ts')
  return execa(process.execPath, [main], { env: environment(more), reject: false, all: true })
}

const url = () => `http://127.0.0.1:${port}`

async function page(path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(new URL(path, url()), { redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

/** The value of an attribute, as a browser reads it. */
function attribute(html: string, of: RegExp): string {
  const [, value = ''] = of.exec(html) ?? []
  return value.replaceAll(/&#(\d+);/g, (_whole, code) => String.fromCodePoint(Number(code)))
}

/** The page with the one button, as a person comes to it. */
async function offered(): Promise<string> {
  const { text } = await page('/')
  const state = attribute(text, /name="state" value="([^"]*)"/)
  const answers = new URLSearchParams({ state, webhook: url(), organization: 'acme' })
  return (await page(`/?${answers.toString()}`)).text
}

test('npm start without an App answers only a browser on this machine that began here', async () => {
  await until(() =>
    fetch(url()).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const foreign = await new Promise((resolve) => {
    request(url(), { headers: { host: 'rebound.example.com' } }, ({ statusCode }) =>
      resolve(statusCode),
    ).end()
  })

  expect(foreign).toBe(403)
  expect((await page('/registered?code=stolen&state=guessed')).status).toBe(403)
  expect((await page('/probot/import')).status).toBe(404)
  expect((await page('/?webhook=https://evil.dev&state=x')).text).not.toContain('evil')
  expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE_KEY')
})

test('the manifest asks for what app.yml says and for nothing else', async () => {
  const text = await offered()
  const manifest = JSON.parse(attribute(text, /name="manifest" value="([^"]*)"/))

  expect(text.match(/<button>/g)).toHaveLength(1)
  expect(attribute(text, /action="([^"]*)"/)).toMatch(
    `${shop.github.url}/organizations/acme/settings/apps/new?state=`,
  )
  expect(manifest).toMatchObject({
    public: false,
    hook_attributes: { url: `${url()}/api/github/webhooks` },
    redirect_url: `${url()}/registered`,
    default_permissions: { checks: 'write', metadata: 'read' },
  })
})

test('a code that GitHub does not know is said, and one may begin again', async () => {
  const state = new URL(attribute(await offered(), /action="([^"]*)"/)).searchParams.get('state')
  const { status, text } = await page(`/registered?code=unknown&state=${state}`)

  expect([status, text]).toEqual([502, expect.stringContaining('Begin again')])
})

test('the registered App goes on by itself, and its secrets are in a file for its owner alone', async () => {
  const text = await offered()
  const manifest = attribute(text, /name="manifest" value="([^"]*)"/)
  const answer = await fetch(attribute(text, /action="([^"]*)"/), {
    method: 'POST',
    body: new URLSearchParams({ manifest }),
    redirect: 'manual',
  })
  const back = new URL(answer.headers.get('location') ?? '')
  const last = await page(`${back.pathname}${back.search}`)

  expect([last.status, last.text]).toEqual([200, expect.stringContaining('/installations/new')])
  const written = readFileSync(file, 'utf8')
  const kept = parseEnv(written)
  expect(written).toMatch(/^# mine\nGITHUB_API_URL=/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(last.text).not.toContain(kept['WEBHOOK_SECRET'])

  await until(async () =>
    fetch(`${url()}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const app = shop.github.state.apps.get(Number(kept['APP_ID']))
  if (app === undefined) throw new Error('GitHub does not know the App')
  shop.github.install(app, shop.acme)
  await shop.github.settled()
  expect(app.deliveries.map(({ statusCode }) => statusCode)).toEqual([202])
})

test('the doctor finds nothing wrong with what was registered', async () => {
  const door = join(root, 'scripts/goalkeeper.mjs')
  const doctor = await execa(process.execPath, [door, 'doctor'], {
    env: environment({}),
    reject: false,
  })

  expect([doctor.exitCode, doctor.stdout]).toEqual([0, expect.stringContaining('✓ Ready.')])
  expect(doctor.stdout).toContain('✓ Permissions: as in app.yml')
  expect(doctor.stdout).toContain('✓ Webhook deliveries: 1 of the last 1 were taken')
})

test('the log tells where the secrets are and not what they are', async () => {
  service.kill('SIGTERM')
  const { all, exitCode } = await service
  const { WEBHOOK_SECRET: secret = '', PRIVATE_KEY: key = '' } = parseEnv(
    readFileSync(file, 'utf8'),
  )

  expect(exitCode).toBe(0)
  expect(all).toContain(`are in ${file}`)
  expect(all).not.toContain(secret)
  expect(all).not.toContain(key.split('\n')[1])
})

test('where others could reach it no App is registered: what is missing is named', async () => {
  writeFileSync(file, '')
  const { exitCode, all } = await start({ HOST: '0.0.0.0' })

  expect(exitCode).toBe(2)
  expect(all).toMatch(/APP_ID: Not set[^]*PRIVATE_KEY: Not set[^]*WEBHOOK_SECRET: Not set/)
  expect(all).toContain('unset HOST')
})

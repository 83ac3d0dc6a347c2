import { createPrivateKey, generateKeyPairSync } from 'node:crypto'

import { Octokit } from '@octokit/rest'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop
let now: Date

beforeEach(async () => {
  now = new Date()
  shop = await openShop({ now: () => now })
})

afterEach(async () => {
  await shop.close()
})

/** What the API answers to a JSON web token made like this; seconds count from now. */
async function ask(of: { from?: number; to?: number; key?: string; id?: number }): Promise<number> {
  const { app, privateKey } = shop.keeper
  const seconds = Math.floor(now.getTime() / 1000)
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(String(of.id ?? app.id))
    .setIssuedAt(seconds + (of.from ?? -30))
    .setExpirationTime(seconds + (of.to ?? 300))
    .sign(createPrivateKey(of.key ?? privateKey))
  const headers = { authorization: `Bearer ${jwt}` }
  return (await fetch(`${shop.github.api}/app`, { headers })).status
}

describe("an app's own token", () => {
  const foreign = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

  test.for<[string, Parameters<typeof ask>[0], number]>([
    ['is taken', {}, 200],
    ['that has expired is refused', { from: -600, to: -1 }, 401],
    ['that lives longer than ten minutes is refused', { to: 1200 }, 401],
    ['that begins in the future is refused', { from: 300, to: 500 }, 401],
    ['that another key signed is refused', { key: foreign.privateKey }, 401],
    ['of an app that does not exist is refused', { id: 1 }, 401],
  ])('%s', async ([, of, status]) => {
    expect(await ask(of)).toBe(status)
  })
})

interface Narrowing {
  readonly repositories?: string[]
  readonly permissions?: {
    readonly issues?: 'read' | 'write'
    readonly contents?: 'read' | 'write'
  }
}

async function tokenFor(of: Narrowing = {}): Promise<string> {
  const installation_id = shop.installation.id
  const asked = { installation_id, ...of }
  const { data } = await shop.asApp.rest.apps.createInstallationAccessToken(asked)
  return data.token
}

async function clientFor(of: Narrowing = {}): Promise<Octokit> {
  return new Octokit({ auth: await tokenFor(of), baseUrl: shop.github.api, log: quiet })
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

describe("an installation's token", () => {
  test('does what it was granted and nothing else', async () => {
    const octokit = await clientFor({ permissions: { issues: 'read' } })

    expect((await octokit.rest.issues.listForRepo(shop.at)).status).toBe(200)
    const write = octokit.rest.issues.create({ ...shop.at, title: 'x' })
    await expect(write).rejects.toMatchObject({ status: 403 })
    const other = octokit.rest.pulls.list(shop.at)
    await expect(other).rejects.toMatchObject({ status: 403 })
    expect(shop.repository.issues).toEqual([])
  })

  test('reaches the repositories it was narrowed to, and does not see the others', async () => {
    await shop.github.repository({ owner: shop.acme, name: 'vault', private: true })
    const octokit = await clientFor({ repositories: ['kiosk'] })

    expect((await octokit.rest.repos.get(shop.at)).status).toBe(200)
    const other = octokit.rest.repos.get({ owner: 'acme', repo: 'vault' })
    await expect(other).rejects.toMatchObject({ status: 404 })
  })

  test('cannot ask for more than the app was granted', async () => {
    const { asApp, installation } = shop
    const more = asApp.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { administration: 'write' },
    })

    await expect(more).rejects.toMatchObject({ status: 422 })
  })

  test('ends after an hour', async () => {
    const octokit = await clientFor()
    now = new Date(now.getTime() + 3_601_000)

    await expect(octokit.rest.repos.get(shop.at)).rejects.toMatchObject({ status: 401 })
  })

  test('is worth nothing while the installation is suspended', async () => {
    const octokit = await clientFor()
    shop.github.suspend(shop.installation)

    await expect(octokit.rest.repos.get(shop.at)).rejects.toMatchObject({ status: 403 })
  })

  test('is worth nothing where the app is not installed', async () => {
    const other = shop.github.organization('other')
    await shop.github.repository({ owner: other, name: 'vault', private: true })
    const octokit = await clientFor()

    const away = octokit.rest.repos.get({ owner: 'other', repo: 'vault' })
    await expect(away).rejects.toMatchObject({ status: 404 })
  })
})

describe('nobody we know', () => {
  test.for<[string, string | undefined, number]>([
    ['with a made-up token is refused', 'ghs_madeup', 401],
    ['without a token does not see what is private', undefined, 404],
  ])('%s', async ([, auth, status]) => {
    const octokit = new Octokit({ baseUrl: shop.github.api, log: quiet, ...(auth ? { auth } : {}) })

    await expect(octokit.rest.repos.get(shop.at)).rejects.toMatchObject({ status })
  })
})

describe('people', () => {
  test.for([
    ['admin', 'admin'],
    ['maintain', 'write'],
    ['write', 'write'],
    ['triage', 'read'],
    ['read', 'read'],
  ] as const)('with the role %s have the old permission %s', async ([role, permission]) => {
    shop.github.person('paul')
    shop.repository.collaborators.set('paul', role)
    const asked = { ...shop.at, username: 'paul' }
    const { data } = await shop.octokit.rest.repos.getCollaboratorPermissionLevel(asked)

    expect(data).toMatchObject({ permission, role_name: role })
  })

  test('who are strangers to a private repository have none', async () => {
    shop.github.person('paul')
    const asked = { ...shop.at, username: 'paul' }
    const { data } = await shop.octokit.rest.repos.getCollaboratorPermissionLevel(asked)

    expect(data.permission).toBe('none')
  })

  test('who may only read cannot label an issue', async () => {
    const { octokit } = shop.stranger
    await octokit.rest.issues.create({ ...shop.at, title: 'x', labels: ['auto-fix'] })
    const one = { ...shop.at, issue_number: 1 }

    const add = octokit.rest.issues.addLabels({ ...one, labels: ['auto-fix'] })
    await expect(add).rejects.toMatchObject({ status: 403 })
    expect((await octokit.rest.issues.get(one)).data.labels).toEqual([])
  })
})

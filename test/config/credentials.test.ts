import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { appCredentials } from '#config/credentials.ts'
import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const person = { uid: 1000, userHome: '/home/ada' }
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ type, format: 'pem' }).toString()
const credentials = (environment: Record<string, string>) =>
  appCredentials(readEnvironment(environment, person))

describe('the private key of the App', () => {
  test.each([
    ['as GitHub makes it', pem('pkcs1')],
    ['as PKCS#8', pem('pkcs8')],
    ['in one line', pem('pkcs1').replaceAll('\n', String.raw`\n`)],
  ])('is understood %s', (_how, value) => {
    expect(readEnvironment({ PRIVATE_KEY: value }, person).github.privateKey).toBe(pem('pkcs8'))
  })

  test('is read from the file that is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'goalkeeper-key-'))
    const file = join(folder, 'key.pem')
    writeFileSync(file, pem('pkcs1'))

    expect(readEnvironment({ PRIVATE_KEY: file }, person).github.privateKey).toBe(pem('pkcs8'))
    rmSync(folder, { recursive: true })
  })
})

describe('what the App cannot do without', () => {
  test('is named, each with its remedy', () => {
    expect(() => credentials({ APP_ID: '7' })).toThrow(InvalidEnvironmentError)
    expect(() => credentials({ APP_ID: '7' })).toThrow(
      /^The environment cannot be used:\nPRIVATE_KEY: .+\nWEBHOOK_SECRET: .+$/,
    )
  })

  test('is handed on where it is there', () => {
    const environment = { APP_ID: '7', PRIVATE_KEY: pem('pkcs8'), WEBHOOK_SECRET: 'x'.repeat(16) }

    expect(credentials(environment)).toEqual({
      appId: 7,
      privateKey: pem('pkcs8'),
      webhookSecret: 'x'.repeat(16),
      apiUrl: 'https://api.github.com',
    })
  })
})

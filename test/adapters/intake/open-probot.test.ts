import { generateKeyPairSync } from 'node:crypto'

import { beforeEach, describe, expect, test } from 'vitest'

import { openProbot, type Receiver } from '#adapters/intake/open-probot.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
let receiver: Receiver

beforeEach(async () => {
  receiver = await openProbot({
    appId: 7,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookSecret: 'a secret that only these tests know',
    apiUrl: 'http://127.0.0.1:9',
  })
})

describe('Probot', () => {
  test('hands a stored delivery to what hangs on it, without asking GitHub anything', async () => {
    const heard: string[] = []
    receiver.probot.onAny(({ id, name }) => void heard.push(`${name} ${id}`))

    await receiver.receive({ id: 'd', name: 'push', payload: { installation: { id: 5 } } })

    expect(heard).toEqual(['push d'])
  })

  test('says when one of them fails', async () => {
    receiver.probot.onAny(() => Promise.reject(new Error('no')))

    await expect(receiver.receive({ id: 'd', name: 'push', payload: {} })).rejects.toThrow('no')
  })
})

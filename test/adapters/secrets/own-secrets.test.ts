import { describe, expect, test } from 'vitest'

import { ownSecrets, secretsAmong } from '#adapters/secrets/own-secrets.ts'

const line = 'MIIEpAIBAAKCAQEA0123456789abcdefghijABCDEFGHIJ'
const key = `-----BEGIN KEY-----\n${line}\nq83z\n-----END KEY-----`
const secrets = ownSecrets(['s3cret-value', 's3cret/value+x', key, 'a', ''])
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('a secret of ours is redacted by its value', () => {
  test.each([
    ['as it is', 's3cret-value'],
    ['in base64', base64('s3cret-value')],
    ['in a URL', encodeURIComponent('s3cret/value+x')],
    ['as git sends a token', base64('x-access-token:s3cret-value')],
    ['as one line of a key', line],
    ['in JSON', JSON.stringify(key).slice(1, -1)],
  ])('%s', (_how, secret) => {
    for (const clean of [
      secrets.inText(`it says ${secret} here`),
      secrets.inData(`it says ${secret} here`),
      JSON.stringify(secrets.inData({ a: [{ b: `it says ${secret} here` }] })),
      JSON.stringify(secrets.inOutcome({ outputs: { said: secret } })),
    ]) {
      expect(clean).not.toContain(secret)
      expect(clean).toContain('[redacted]')
    }
  })

  test('from the moment on when it is added', () => {
    const ours = ownSecrets()
    const before = ours.inText('the token v1.0123456789abcdef')
    ours.add('v1.0123456789abcdef')
    expect([before, ours.inText('the token v1.0123456789abcdef')]).toEqual([
      'the token v1.0123456789abcdef',
      'the token [redacted]',
    ])
  })

  test('and a text for people is rid of what looks like anybody’s besides', () => {
    const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')
    expect(secrets.inText(token)).toBe('[redacted]')
    // Data goes on being what it is: a branch may have a strange name.
    expect(secrets.inData(token)).toBe(token)
  })
})

test('what holds none is handed back as it is', () => {
  const data = { a: ['an ordinary word', 1, null], when: new Date() }
  expect(secrets.inData(data)).toBe(data)
  expect(secrets.inText('an ordinary word')).toBe('an ordinary word')
})

test('the files of a patch are not changed on their way to whoever judges them', () => {
  const patch = [{ path: 'a.ts', content: 's3cret-value' }]
  expect(secrets.inOutcome({ patch, detail: 's3cret-value' })).toEqual({
    patch,
    detail: '[redacted]',
  })
})

test('many added secrets cost little, and the newest are known', () => {
  const ours = ownSecrets()
  for (let number = 0; number < 2000; number += 1) ours.add(`a-token-of-ours-${number}-`)
  const text = `${'all is well '.repeat(10_000)}a-token-of-ours-1999-`
  const started = performance.now()
  for (let times = 0; times < 20; times += 1) ours.inData({ text })

  expect(ours.inData(text)).toContain('[redacted]')
  expect(performance.now() - started).toBeLessThan(3000)
})

test.each([
  ['postgres://keeper:correct-horse-battery@db/x', 'correct-horse-battery', true],
  ['postgres://keeper:p%40ssw0rd-p%40ssw0rd@db/x', 'p@ssw0rd-p@ssw0rd', true],
  // It would blacken the word in every sentence and in every file.
  ['postgres://postgres:postgres@db/x', 'postgres', false],
])('of %s the password %s is a secret by itself: %s', (databaseUrl, password, isSecret) => {
  const of = {
    databaseUrl,
    github: { privateKey: null, webhookSecret: 'it-hooks-me' },
    coder: { apiKey: 'sk-to-be-billed' },
    deploys: { vercel: { token: 'token-of-vercel' } },
    sentry: { token: 'token-of-sentry' },
    notify: {
      slack: 'https://hooks.slack.com/services/a',
      slackApi: { token: 'xoxb-of-ours' },
      mail: { smtp: 'smtps://robot:a-long-enough-one@mail/' },
      webhook: { url: 'https://example.com/hook', secret: 'it-hooks-them' },
    },
  }
  const all = secretsAmong(of)
  expect(all).toContain(databaseUrl)
  expect(all).toContain('it-hooks-me')
  expect(all).toContain('sk-to-be-billed')
  expect(all).toEqual(
    expect.arrayContaining([
      'https://hooks.slack.com/services/a',
      'xoxb-of-ours',
      'token-of-vercel',
      'token-of-sentry',
      'a-long-enough-one',
      'https://example.com/hook',
      'it-hooks-them',
    ]),
  )
  expect(all.includes(password)).toBe(isSecret)
})

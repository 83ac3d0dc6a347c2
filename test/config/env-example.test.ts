import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { coderVariables } from '#config/coder-variables.ts'
import { deployVariables } from '#config/deploy-variables.ts'
import { readEnvironment } from '#config/environment.ts'
import { notifyVariables } from '#config/notify-variables.ts'
import { selfTestVariables } from '#config/self-test-variables.ts'
import { sentryVariables } from '#config/sentry-variables.ts'
import { telemetryVariables } from '#config/telemetry-variables.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const secret = '0f3c8a5e27b94d1680aa51d7c2e6f493'
const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

const others =
  'AGENT_ENABLED AGENT_SHADOW APP_ID CI DATABASE_URL EXECUTOR_ID GITHUB_API_URL GOALKEEPER_ENV_FILE GOALKEEPER_HOME GOALKEEPER_REGISTRY HOST NO_COLOR PORT PRIVATE_KEY REPOSITORY_MEGABYTES WATCH_HOSTS WEBHOOK_SECRET'

test('.env.example names every variable that is read', () => {
  const named = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)

  expect(new Set(named)).toEqual(
    new Set([
      ...Object.keys({
        ...coderVariables,
        ...deployVariables,
        ...notifyVariables,
        ...selfTestVariables,
        ...sentryVariables,
        ...telemetryVariables,
      }),
      ...others.split(' '),
    ]),
  )
})

test('.env.example is read as it stands, line by line', () => {
  const lines = [...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value])
  // The file it names is a user's own, and so is a secret.
  const own = { PRIVATE_KEY: pem, WEBHOOK_SECRET: secret }
  const environment = { ...Object.fromEntries(lines), ...own }
  expect(readEnvironment(environment, { uid: 1000, userHome: '/home/ada' })).toEqual({
    home: '/srv/goalkeeper',
    repositoryBytes: 20_000_000_000,
    databaseUrl: 'postgres://user:password@localhost:5432/goalkeeper',
    agentEnabled: false,
    shadow: true,
    watchHosts: ['shop.example.com', 'prometheus.internal:9090'],
    executorId: 'worker-1',
    registry: 'https://registry.example.com/',
    color: false,
    ci: true,
    github: {
      appId: 123_456,
      privateKey: pem,
      webhookSecret: secret,
      apiUrl: 'https://github.example.com/api/v3',
    },
    coder: expect.objectContaining({ model: 'claude-sonnet-5', apiKey: 'change-me' }),
    telemetry: expect.objectContaining({ traces: 'http://collector.internal:4318' }),
    deploys: {
      vercel: { url: 'https://api.vercel.com', token: 'change-me' },
      commands: '/etc/goalkeeper/deploys',
    },
    sentry: { url: 'https://sentry.io', token: 'change-me', projects: ['acme/4501'] },
    notify: expect.objectContaining({ slack: 'https://hooks.slack.com/services/T000/B000/XXXX' }),
    selfTest: { owner: 'acme', name: 'shop', environment: 'preview', cron: '17 3 * * 1' },
    host: '0.0.0.0',
    port: 8080,
  })
})

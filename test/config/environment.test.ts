import { describe, expect, test } from 'vitest'

import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const person = { uid: 1000, userHome: '/home/ada' }
const root = { uid: 0, userHome: '/root' }

test('an empty environment has a setting for everything', () => {
  expect(readEnvironment({}, person)).toEqual({
    home: '/home/ada/.local/share/goalkeeper',
    repositoryBytes: 5_000_000_000,
    databaseUrl: null,
    agentEnabled: true,
    shadow: false,
    watchHosts: [],
    executorId: null,
    registry: null,
    color: true,
    ci: false,
    github: {
      appId: null,
      privateKey: null,
      webhookSecret: null,
      apiUrl: 'https://api.github.com',
    },
    coder: null,
    deploys: { vercel: null, commands: null },
    sentry: null,
    selfTest: null,
    notify: { slack: null, slackApi: null, mail: null, webhook: null },
    telemetry: { traces: null, metrics: null },
    host: '127.0.0.1',
    port: 3000,
  })
})

describe('home', () => {
  test.each([
    ['is a system folder for root', {}, root, '/var/lib/goalkeeper'],
    [
      'is a system folder for root, whatever XDG says',
      { XDG_DATA_HOME: '/x' },
      root,
      '/var/lib/goalkeeper',
    ],
    ['follows XDG for a person', { XDG_DATA_HOME: '/data' }, person, '/data/goalkeeper'],
    [
      'ignores a relative XDG folder',
      { XDG_DATA_HOME: 'data' },
      person,
      '/home/ada/.local/share/goalkeeper',
    ],
    ['is what was asked for', { GOALKEEPER_HOME: '/srv/g' }, root, '/srv/g'],
    [
      'is the default where the variable is empty',
      { GOALKEEPER_HOME: ' ' },
      root,
      '/var/lib/goalkeeper',
    ],
    [
      'is found without users, too',
      {},
      { ...person, uid: null },
      '/home/ada/.local/share/goalkeeper',
    ],
  ])('%s', (...[, environment, machine, home]) => {
    expect(readEnvironment(environment, machine).home).toBe(home)
  })
})

test.each([
  [{ AGENT_ENABLED: 'false' }, { agentEnabled: false }],
  [{ AGENT_ENABLED: '0' }, { agentEnabled: false }],
  [{ AGENT_ENABLED: 'TRUE' }, { agentEnabled: true }],
  [{ NO_COLOR: '1' }, { color: false }],
  [{ NO_COLOR: '' }, { color: true }],
  [{ CI: 'true' }, { ci: true }],
  [{ CI: 'woodpecker' }, { ci: true }],
  [{ CI: 'false' }, { ci: false }],
  [{ EXECUTOR_ID: 'worker-1' }, { executorId: 'worker-1' }],
  [{ DATABASE_URL: 'postgresql://db/g' }, { databaseUrl: 'postgresql://db/g' }],
  [{ GOALKEEPER_REGISTRY: 'http://127.0.0.1:4873/' }, { registry: 'http://127.0.0.1:4873/' }],
  [
    { PORT: '8080', HOST: '::1' },
    { port: 8080, host: '::1' },
  ],
  [
    { GITHUB_API_URL: 'http://127.0.0.1:1/api/v3//' },
    { github: { apiUrl: 'http://127.0.0.1:1/api/v3' } },
  ],
])('%j means %j', (environment, settings) => {
  expect(readEnvironment(environment, person)).toMatchObject(settings)
})

describe('a bad value stops the start', () => {
  test.each([
    [{ GOALKEEPER_HOME: 'data' }, 'GOALKEEPER_HOME: Not an absolute path. Begin it with a slash.'],
    [
      { DATABASE_URL: 'mysql://db/g' },
      'DATABASE_URL: Not a URL we can use. Write it like postgres://user:password@host:5432/goalkeeper.',
    ],
    [
      { GOALKEEPER_REGISTRY: 'registry' },
      'GOALKEEPER_REGISTRY: Not a URL we can use. Write it like https://registry.example.com/.',
    ],
    [
      { AGENT_ENABLED: 'flase' },
      'AGENT_ENABLED: Neither true nor false. Write AGENT_ENABLED=false to stop, or unset it.',
    ],
    [
      { EXECUTOR_ID: 'a b' },
      'EXECUTOR_ID: Use at most 64 letters, digits, dots, hyphens and underscores.',
    ],
    [{ APP_ID: 'app' }, "APP_ID: Not the number GitHub shows as App ID on the App's page."],
    [{ PORT: '65536' }, 'PORT: Not a port. Write a number from 1 to 65535.'],
    [{ HOST: 'a b' }, 'HOST: Not a host name or address. Write it like 127.0.0.1 or 0.0.0.0.'],
    [
      { WEBHOOK_SECRET: 'development' },
      'WEBHOOK_SECRET: Shorter than 16 characters. Make one with: openssl rand -hex 32',
    ],
    [
      { GITHUB_API_URL: 'github' },
      'GITHUB_API_URL: Not a URL we can use. Write it like https://github.example.com/api/v3.',
    ],
    [
      { PRIVATE_KEY: '/nowhere.pem' },
      'PRIVATE_KEY: Neither a private key nor a file we can read. Give the text of the .pem file, or its path.',
    ],
    [
      { PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' },
      'PRIVATE_KEY: Not a private key. Give the text of the .pem file that GitHub made for the App, or its path.',
    ],
    [
      { EXECUTOR_ID: 'a b', GOALKEEPER_HOME: '.' },
      'GOALKEEPER_HOME: Not an absolute path. Begin it with a slash.\nEXECUTOR_ID: Use at most 64 letters, digits, dots, hyphens and underscores.',
    ],
  ])('%j', (environment, message) => {
    const reading = () => readEnvironment(environment, person)

    expect(reading).toThrow(InvalidEnvironmentError)
    expect(reading).toThrow(`The environment cannot be used:\n${message}`)
  })

  test('and its message keeps the password to itself', () => {
    expect(() => readEnvironment({ DATABASE_URL: 'mysql://u:hunter2@db/g' }, person)).toThrow(
      expect.not.stringContaining('hunter2'),
    )
  })
})

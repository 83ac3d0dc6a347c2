import { expect, test } from 'vitest'

import { readEnvironment } from '#config/environment.ts'

const read = (environment: Readonly<Record<string, string>>) =>
  readEnvironment(environment, { uid: 1, userHome: '/home/ada' }).sentry

const token = 'token-of-sentry'

test('Sentry is set by a token and the projects that may be counted', () => {
  expect(read({})).toBeNull()
  expect(read({ SENTRY_TOKEN: token, SENTRY_PROJECTS: 'acme/1, acme/2' })).toEqual({
    url: 'https://sentry.io',
    token,
    projects: ['acme/1', 'acme/2'],
  })
})

test.each([
  ['a token alone', { SENTRY_TOKEN: token }, 'SENTRY_PROJECTS: Not set'],
  ['projects alone', { SENTRY_PROJECTS: '*' }, 'SENTRY_TOKEN: Not set'],
  ['what is no project', { SENTRY_TOKEN: token, SENTRY_PROJECTS: 'acme' }, 'Not projects'],
])('%s is said', (_what, environment, problem) => {
  expect(() => read(environment)).toThrow(problem)
})

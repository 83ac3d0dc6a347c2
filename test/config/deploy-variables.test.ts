import { expect, test } from 'vitest'

import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const read = (environment: Readonly<Record<string, string>>) =>
  readEnvironment(environment, { uid: 1, userHome: '/home/ada' }).deploys

test('Vercel is set by its token', () => {
  expect(read({})).toEqual({ vercel: null, commands: null })
  const token = 'token-of-vercel'
  expect(read({ VERCEL_TOKEN: token })).toMatchObject({
    vercel: { url: 'https://api.vercel.com', token },
  })
  expect(read({ VERCEL_TOKEN: token, VERCEL_API_URL: 'http://127.0.0.1:9/' })).toMatchObject({
    vercel: { url: 'http://127.0.0.1:9', token },
  })
})

test('what cannot be a token is said, and not repeated', () => {
  expect(() => read({ VERCEL_TOKEN: 'short' })).toThrow(InvalidEnvironmentError)
  expect(() => read({ VERCEL_TOKEN: 'short' })).not.toThrow('short')
})

test('the folder of commands is an absolute path', () => {
  expect(read({ DEPLOY_COMMANDS: '/etc/deploys' })).toMatchObject({ commands: '/etc/deploys' })
  expect(() => read({ DEPLOY_COMMANDS: 'deploys' })).toThrow('DEPLOY_COMMANDS: Not an absolute')
})

import { expect, test } from 'vitest'

import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const read = (environment: Readonly<Record<string, string>>) =>
  readEnvironment(environment, { uid: 1, userHome: '/home/ada' }).deploys

test('Vercel is set by its token', () => {
  expect(read({})).toEqual({ vercel: null })
  const token = 'token-of-vercel'
  expect(read({ VERCEL_TOKEN: token })).toEqual({
    vercel: { url: 'https://api.vercel.com', token },
  })
  expect(read({ VERCEL_TOKEN: token, VERCEL_API_URL: 'http://127.0.0.1:9/' })).toEqual({
    vercel: { url: 'http://127.0.0.1:9', token },
  })
})

test('what cannot be a token is said, and not repeated', () => {
  expect(() => read({ VERCEL_TOKEN: 'short' })).toThrow(InvalidEnvironmentError)
  expect(() => read({ VERCEL_TOKEN: 'short' })).not.toThrow('short')
})

import { expect, test } from 'vitest'

import { readEnvironment } from '#config/environment.ts'

const read = (environment: Record<string, string>) =>
  readEnvironment(environment, { uid: 1000, userHome: '/home/ada' }).selfTest

test('self-tests are off by default, and weekly where somebody names where', () => {
  expect(read({})).toBeNull()
  expect(read({ SELF_TEST: 'acme/shop.js/preview' })).toEqual({
    owner: 'acme',
    name: 'shop.js',
    environment: 'preview',
    cron: '17 3 * * 1',
  })
  expect(read({ SELF_TEST: 'a/b/c', SELF_TEST_CRON: '*/30 4-6 * jan MON,TUE' })?.cron).toBe(
    '*/30 4-6 * jan MON,TUE',
  )
})

test.each([
  [{ SELF_TEST: 'acme/shop' }, 'SELF_TEST=acme/shop/preview'],
  [{ SELF_TEST: 'acme/shop/production' }, 'never deployed to production'],
  [{ SELF_TEST: 'acme/shop/Prod' }, 'never deployed to production'],
  [{ SELF_TEST: 'acme/shop/Production – shop' }, 'never deployed to production'],
  [{ SELF_TEST: 'acme/shop/eu-prod' }, 'never deployed to production'],
  [{ SELF_TEST: 'acme/shop/live' }, 'never deployed to production'],
  [{ SELF_TEST: 'acme/shop/preview', SELF_TEST_CRON: 'weekly' }, 'Not a cron expression'],
])('%j is refused: %s', (environment, words) => {
  expect(() => read(environment)).toThrow(words)
})

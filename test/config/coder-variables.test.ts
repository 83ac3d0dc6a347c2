import { describe, expect, test } from 'vitest'

import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const machine = { uid: 1000, userHome: '/home/ada' }
const local = { CODER_PROVIDER: 'openai-compatible', CODER_MODEL: 'qwen3-coder:30b' }
const key = 'sk-ant-0000000000000000'

function read(environment: Readonly<Record<string, string>>) {
  return readEnvironment(environment, machine).coder
}

describe('the model', () => {
  test('is none where none is set', () => {
    expect(read({})).toBeNull()
  })

  test('of a provider needs its key, and has the budget of the handbook', () => {
    const anthropic = { CODER_PROVIDER: 'anthropic', CODER_MODEL: 'claude', CODER_API_KEY: key }
    expect(read(anthropic)).toMatchObject({
      provider: 'anthropic',
      baseUrl: null,
      prices: null,
      budget: { task: { dollars: 3, attempts: 10 }, day: { dollars: 10 } },
    })
  })

  test('of an endpoint of one’s own needs its address, and no key', () => {
    const url = 'http://127.0.0.1:11434/v1'
    expect(read({ ...local, CODER_BASE_URL: `${url}/` })).toMatchObject({
      baseUrl: url,
      apiKey: null,
    })
  })

  test('has a price where both are told; what is read from a cache costs the same unless it is said', () => {
    const priced = { ...local, CODER_BASE_URL: 'http://a/v1', CODER_PRICE_INPUT: '3' }
    expect(read({ ...priced, CODER_PRICE_OUTPUT: '15' })?.prices).toEqual({
      input: 3,
      output: 15,
      cached: 3,
    })
  })

  test('may use what somebody grants it', () => {
    const granted = { CODER_TASK_DOLLARS: '0.5', CODER_DAY_DOLLARS: '2', CODER_TASK_TOKENS: '9' }
    expect(read({ ...local, ...granted, CODER_BASE_URL: 'http://a/v1' })?.budget).toMatchObject({
      task: { dollars: 0.5, tokens: 9 },
      day: { dollars: 2 },
    })
  })
})

test.each([
  ['CODER_PROVIDER', { CODER_PROVIDER: 'somebody' }],
  ['CODER_PROVIDER', { CODER_API_KEY: key }],
  ['CODER_MODEL', { ...local, CODER_MODEL: 'a model; rm' }],
  ['CODER_MODEL', { CODER_PROVIDER: 'anthropic', CODER_API_KEY: key }],
  ['CODER_API_KEY', { CODER_PROVIDER: 'anthropic', CODER_MODEL: 'claude' }],
  ['CODER_API_KEY', { ...local, CODER_API_KEY: 'short' }],
  ['CODER_BASE_URL', local],
  ['CODER_BASE_URL', { ...local, CODER_BASE_URL: 'file:///etc/passwd' }],
  ['CODER_PRICE_INPUT', { ...local, CODER_BASE_URL: 'http://a/v1', CODER_PRICE_INPUT: '3' }],
  ['CODER_PRICE_INPUT', { ...local, CODER_BASE_URL: 'http://a/v1', CODER_PRICE_CACHED: '3' }],
  ['CODER_DAY_DOLLARS', { CODER_DAY_DOLLARS: 'many' }],
])('%s is refused by name and without its value: %j', (name, environment) => {
  const refused = (): unknown => read(environment)
  expect(refused).toThrow(InvalidEnvironmentError)
  expect(refused).toThrow(name)
  expect(refused).not.toThrow(key)
})

import { createServer } from 'node:http'

import { generateText, wrapLanguageModel } from 'ai'
import { expect, test } from 'vitest'

import { metering } from '#adapters/coder/metered-model.ts'
import { openModel } from '#adapters/coder/open-model.ts'
import type { CoderUsage } from '#domain/coder.ts'

import { addressOf } from '../../support/balancer.ts'

test('a call that reaches nobody costs nothing', async () => {
  const spent: CoderUsage[] = []
  const { model } = openModel({
    provider: 'openai-compatible',
    model: 'fake',
    apiKey: null,
    prices: null,
    baseUrl: `http://127.0.0.1:${await closedPort()}/v1`,
  })
  const meter = { spend: async (usage: CoderUsage) => (spent.push(usage), 'go-on' as const) }
  const middleware = metering({ model: 'fake', prices: null, meter, elapsed: () => 0 })

  const asked = generateText({
    model: wrapLanguageModel({ model, middleware }),
    prompt: 'Anybody there?',
    maxRetries: 0,
  })

  await expect(asked).rejects.toThrow('Cannot connect')
  expect(spent).toEqual([])
})

/** A port that nobody listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

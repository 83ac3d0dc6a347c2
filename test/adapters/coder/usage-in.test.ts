import { expect, test } from 'vitest'

import { usageIn } from '#adapters/coder/usage-in.ts'

const prices = { input: 1, output: 1, cached: 0.1 }
const events = (...all: readonly object[]): string =>
  all.map((one) => `event: x\ndata: ${JSON.stringify(one)}\n\n`).join('')

test.each([
  [
    'a message',
    JSON.stringify({ usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 90 } }),
    [100, 5, 90],
  ],
  [
    'a stream of messages, whose last event counts',
    events(
      { message: { usage: { input_tokens: 10, output_tokens: 1 } } },
      { type: 'content_block_delta' },
      { usage: { output_tokens: 50 } },
    ),
    [10, 50, 0],
  ],
  [
    'a completion',
    JSON.stringify({
      usage: {
        prompt_tokens: 100,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 80 },
      },
    }),
    [100, 5, 80],
  ],
  [
    'a stream of completions',
    `${events({ choices: [], usage: null }, { usage: { prompt_tokens: 7, completion_tokens: 2 } })}data: [DONE]\n`,
    [7, 2, 0],
  ],
  [
    'a stream of responses',
    events({ response: { usage: { input_tokens: 8, output_tokens: 3 } } }),
    [8, 3, 0],
  ],
])('%s says what it used', (_title, answer, [input, output, cached]) => {
  expect(usageIn(answer, 400, prices)).toMatchObject({
    inputTokens: input,
    outputTokens: output,
    cachedTokens: cached,
    source: 'measured',
  })
})

test.each(['', 'data: {"choices":[]}\n', '{"usage":"much"}', '<html>'])(
  '%j says nothing, so its length is counted',
  (answer) => {
    expect(usageIn(answer, 400, prices)).toMatchObject({ inputTokens: 100, source: 'estimated' })
  },
)

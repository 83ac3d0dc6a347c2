import { z } from 'zod'

import { type Counted, guessed, priced, type Prices } from './prices.ts'

const tokens = z.number().nonnegative().catch(0)

/** Usage as both languages write it; Anthropic's input leaves out what was cached. */
const usage = z.object({
  input_tokens: tokens,
  output_tokens: tokens,
  prompt_tokens: tokens,
  completion_tokens: tokens,
  cache_read_input_tokens: tokens,
  cache_creation_input_tokens: tokens,
  prompt_tokens_details: z.object({ cached_tokens: tokens }).nullish(),
  input_tokens_details: z.object({ cached_tokens: tokens }).nullish(),
})
type Usage = z.infer<typeof usage>

const carrier = z.object({
  usage: usage.nullish(),
  message: z.object({ usage: usage.nullish() }).nullish().catch(null),
  response: z.object({ usage: usage.nullish() }).nullish().catch(null),
})

/**
 * What an answer says that it used, whole or in events of a stream; what comes last counts. Where it says nothing it is
 * counted by lengths, in characters.
 */
export function usageIn(answer: string, prompt: number, prices: Prices | null): Counted {
  const said = pieces(answer).flatMap(usagesOf)
  if (said.length === 0) return guessed(prompt, answer.length, prices)
  const most = (of: (one: Usage) => number): number => Math.max(...said.map(of))
  const written = most((one) => one.cache_creation_input_tokens)
  const apart = most((one) => one.cache_read_input_tokens)
  const within = most(
    ({ prompt_tokens_details: chat, input_tokens_details: responses }) =>
      chat?.cached_tokens ?? responses?.cached_tokens ?? 0,
  )
  const input = most((one) => Math.max(one.input_tokens, one.prompt_tokens)) + apart + written
  const output = most((one) => Math.max(one.output_tokens, one.completion_tokens))
  const cached = apart + within
  return {
    inputTokens: input,
    outputTokens: output,
    cachedTokens: cached,
    dollars: priced({ input, output, cached, written }, prices),
    source: 'measured',
  }
}

/** One JSON text, or the data of each event of a stream. */
function pieces(answer: string): readonly string[] {
  const events = answer.split('\n').filter((line) => line.startsWith('data:'))
  return events.length > 0 ? events.map((line) => line.slice('data:'.length)) : [answer]
}

function usagesOf(text: string): readonly Usage[] {
  const found = carrier.safeParse(parsed(text))
  if (!found.success) return []
  const { usage: plain, message, response } = found.data
  return [plain, message?.usage, response?.usage].filter((one) => one !== null && one !== undefined)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

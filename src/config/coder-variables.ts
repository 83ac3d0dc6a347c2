import { z } from 'zod'

import type { Amounts, Budget } from '#domain/budget.ts'

/** The model that is asked when no fixer helps, and what it may cost. */
export interface CoderSettings {
  readonly provider: 'anthropic' | 'openai-compatible'
  readonly model: string
  /** Without a slash at its end; null takes the provider's own. */
  readonly baseUrl: string | null
  readonly apiKey: string | null
  /** US dollars for a million tokens; null where nobody told us. */
  readonly prices: {
    readonly input: number
    readonly output: number
    readonly cached: number
  } | null
  readonly budget: Budget
}

function amount(name: string, most: number) {
  const error = `Not an amount. Write a number like ${name}=2.5.`
  return z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,6})?$/, error)
    .transform(Number)
    .pipe(z.number().max(most, `More than ${most}.`))
}

/** The variables about the model; none of their messages repeats a value. */
export const coderVariables = {
  CODER_PROVIDER: z
    .enum(['anthropic', 'openai-compatible'], {
      error: 'Not a provider. Write anthropic or openai-compatible.',
    })
    .optional(),
  CODER_MODEL: z
    .string()
    .regex(/^[\w./:@-]{1,200}$/, 'Not a name of a model. Write it as the endpoint calls it.')
    .optional(),
  CODER_BASE_URL: z
    .url({
      protocol: /^https?$/,
      error: 'Not a URL we can use. Write it like http://127.0.0.1:11434/v1.',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  CODER_API_KEY: z.string().min(8, 'Shorter than eight characters, so not a key.').optional(),
  CODER_PRICE_INPUT: amount('CODER_PRICE_INPUT', 10_000).optional(),
  CODER_PRICE_OUTPUT: amount('CODER_PRICE_OUTPUT', 10_000).optional(),
  CODER_PRICE_CACHED: amount('CODER_PRICE_CACHED', 10_000).optional(),
  CODER_TASK_DOLLARS: amount('CODER_TASK_DOLLARS', 10_000).default(3),
  CODER_DAY_DOLLARS: amount('CODER_DAY_DOLLARS', 10_000).default(10),
  CODER_TASK_TOKENS: amount('CODER_TASK_TOKENS', 1_000_000_000).default(2_000_000),
  CODER_DAY_TOKENS: amount('CODER_DAY_TOKENS', 1_000_000_000).default(10_000_000),
}

const variables = z.object(coderVariables)
type Found = z.infer<typeof variables>

/** What of the variables does not go together, each with its remedy; empty where all is well. */
export function coderProblems(found: Found): readonly string[] {
  const provider = found.CODER_PROVIDER
  const given = Object.keys(coderVariables).filter((name) => isGiven(found, name))
  if (provider === undefined) {
    const isAny = given.some((name) => needsProvider.has(name))
    return isAny ? ['CODER_PROVIDER: Not set, though a model is described. Set it.'] : []
  }
  const needed = ['CODER_MODEL', provider === 'anthropic' ? 'CODER_API_KEY' : 'CODER_BASE_URL']
  const missing = needed
    .filter((name) => !isGiven(found, name))
    .map((name) => `${name}: Not set, and CODER_PROVIDER=${provider} does not work without it.`)
  return [...missing, ...priceProblems(found)]
}

const needsProvider: ReadonlySet<string> = new Set([
  'CODER_MODEL',
  'CODER_BASE_URL',
  'CODER_API_KEY',
  'CODER_PRICE_INPUT',
  'CODER_PRICE_OUTPUT',
  'CODER_PRICE_CACHED',
])

function priceProblems(found: Found): readonly string[] {
  const { CODER_PRICE_INPUT: input, CODER_PRICE_OUTPUT: output, CODER_PRICE_CACHED: cached } = found
  const isHalf = (input === undefined) !== (output === undefined)
  const isAlone = cached !== undefined && input === undefined
  return isHalf || isAlone
    ? ['CODER_PRICE_INPUT: A price needs CODER_PRICE_INPUT and CODER_PRICE_OUTPUT. Set both.']
    : []
}

function isGiven(found: Found, name: string): boolean {
  return Object.entries(found).some(([key, value]) => key === name && value !== undefined)
}

/** The model and its budget; null where none is set. Asked once there is no problem. */
export function coderSettings(found: Found): CoderSettings | null {
  const { CODER_PROVIDER: provider, CODER_MODEL: model } = found
  if (provider === undefined || model === undefined) return null
  return {
    provider,
    model,
    baseUrl: found.CODER_BASE_URL ?? null,
    apiKey: found.CODER_API_KEY ?? null,
    prices: pricesOf(found),
    budget: {
      task: { ...taskLimits, dollars: found.CODER_TASK_DOLLARS, tokens: found.CODER_TASK_TOKENS },
      day: { ...dayLimits, dollars: found.CODER_DAY_DOLLARS, tokens: found.CODER_DAY_TOKENS },
    },
  }
}

/** Minutes of waiting for a model, and attempts: 20 minutes and ten attempts a task (autofix.md 7), a day of twelve such. */
const taskLimits: Pick<Amounts, 'minutes' | 'attempts'> = { minutes: 20, attempts: 10 }
const dayLimits: Pick<Amounts, 'minutes' | 'attempts'> = { minutes: 240, attempts: 120 }

function pricesOf(found: Found): CoderSettings['prices'] {
  const { CODER_PRICE_INPUT: input, CODER_PRICE_OUTPUT: output } = found
  if (input === undefined || output === undefined) return null
  return { input, output, cached: found.CODER_PRICE_CACHED ?? input }
}

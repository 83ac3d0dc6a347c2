import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'

import type { Prices } from './metered-model.ts'
import type { Model } from './model-coder.ts'

/** A model and where it is reached. The key goes into the header of a call and nowhere else. */
export interface ModelSettings {
  readonly provider: 'anthropic' | 'openai-compatible'
  readonly model: string
  /** Null takes the provider's own; the OpenAI-compatible family has none. */
  readonly baseUrl: string | null
  /** Null where the endpoint asks for none, as those on one's own machine. */
  readonly apiKey: string | null
  readonly prices: Prices | null
}

export function openModel({ provider, model, baseUrl, apiKey, prices }: ModelSettings): Model {
  // The library would write its warnings to the terminal, over our own lines.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })
  const key = apiKey === null ? {} : { apiKey }
  const id = `${provider}/${model}`
  switch (provider) {
    case 'anthropic': {
      const at = baseUrl === null ? {} : { baseURL: baseUrl }
      return { id, prices, model: createAnthropic({ ...at, ...key })(model) }
    }
    case 'openai-compatible': {
      if (baseUrl === null) throw new Error('An OpenAI-compatible endpoint has an address.')
      const named = createOpenAICompatible({ name: 'coder', baseURL: baseUrl, ...key })
      return { id, prices, model: named(model) }
    }
  }
}

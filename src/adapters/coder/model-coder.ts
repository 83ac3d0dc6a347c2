import { generateText, hasToolCall, isStepCount, type LanguageModel, wrapLanguageModel } from 'ai'

import type { CoderTask } from '#domain/coder.ts'
import type { Coder, CoderAnswer, CoderContext } from '#ports/coder.ts'

import { Desk } from './desk.ts'
import { ended, endingOf } from './endings.ts'
import { metering, type Prices } from './metered-model.ts'
import { instructions, promptOf } from './prompt.ts'
import { toolsAt } from './tools.ts'

export interface Model {
  /** As it is called: "anthropic/claude-…". */
  readonly id: string
  readonly model: Exclude<LanguageModel, string>
  readonly prices: Prices | null
}

interface Parts extends Model {
  /** The one place that takes secrets out of a text: nothing is sent or kept before it went through here. */
  readonly redact: (text: string) => string
  readonly elapsed: () => number
}

/** One answer is not longer, in tokens: an edit of a short file with room to think. */
const longestAnswer = 8192
/** K48: a call that failed on its way is made three times in all; the SDK waits as Retry-After says. */
const retries = 2

/** A model behind an API as a coder: a loop of calls and tools that ends when it submits, or at a limit. */
export function modelCoder(parts: Parts): Coder {
  const { id, redact } = parts
  return {
    id,
    async code(task, context) {
      const desk = new Desk(context)
      const answer = await attempt(parts, { task, context, desk }).catch((error: unknown) => {
        const ending = endingOf(error, context.signal)
        if (ending === null) throw error
        return ending
      })
      const patch = desk.edits()
      if (context.signal.aborted) return ended('cancelled', '')
      // What stands on the desk is judged by proof, however the talking ended.
      if (patch.length > 0) {
        const rationale = answer.kind === 'edits' ? answer.rationale : ''
        return { kind: 'edits', patch, rationale: redact(rationale) }
      }
      if (desk.outside > 0) return ended('out-of-scope', '')
      if (answer.kind === 'ended') return ended(answer.because, redact(answer.detail))
      return ended('nonsense', redact(answer.rationale).slice(0, 300))
    },
  }
}

interface Attempt {
  readonly task: CoderTask
  readonly context: CoderContext
  readonly desk: Desk
}

async function attempt(parts: Parts, { task, context, desk }: Attempt): Promise<CoderAnswer> {
  const { id, model, prices, redact, elapsed } = parts
  const { limits, meter, signal } = context
  const middleware = metering({ model: id, prices, meter, elapsed })
  const names = context.checks.map(({ name }) => name)
  const { finishReason, steps, text } = await generateText({
    model: wrapLanguageModel({ model, middleware }),
    instructions,
    prompt: redact(promptOf(task, names)),
    tools: toolsAt(desk, redact),
    toolCallConcurrency: 1,
    stopWhen: [isStepCount(limits.calls), hasToolCall('submit')],
    maxOutputTokens: longestAnswer,
    maxRetries: retries,
    timeout: { totalMs: limits.minutes * 60_000 },
    abortSignal: signal,
    telemetry: { isEnabled: false },
    // The same beginning is sent with each call: cached, it costs a tenth.
    providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
  })
  const submitted = steps.at(-1)?.staticToolCalls.find(({ toolName }) => toolName === 'submit')
  if (submitted?.toolName === 'submit')
    return { kind: 'edits', patch: desk.edits(), rationale: submitted.input.rationale }
  if (finishReason === 'content-filter') return ended('refused', '')
  if (finishReason === 'tool-calls') return ended('no-answer', '')
  return ended('nonsense', text.slice(0, 300))
}

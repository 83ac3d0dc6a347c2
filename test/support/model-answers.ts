import type { Turn, Usage } from './model-endpoint.ts'

type Said = Extract<Turn, { kind: 'calls' | 'says' }>

const usual: Usage = { input: 1000, output: 100, cached: 0 }

function usageOf(turn: Said): Usage | null {
  return turn.kind === 'calls' && turn.usage !== undefined ? turn.usage : usual
}

/** A message as api.anthropic.com/v1/messages answers; its input tokens leave out what was cached. */
export function anthropicAnswer(turn: Said) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'fake',
    content:
      turn.kind === 'says'
        ? [{ type: 'text' as const, text: turn.text }]
        : turn.calls.map(({ tool, input }, index) => ({
            type: 'tool_use' as const,
            id: `call_${index}`,
            name: tool,
            input,
          })),
    stop_reason: turn.kind === 'calls' ? 'tool_use' : anthropicEnds[turn.end ?? 'stop'],
    stop_sequence: null,
    usage: anthropicUsage(usageOf(turn)),
  }
}

function anthropicUsage(usage: Usage | null) {
  const { input, output, cached } = usage ?? { input: 0, output: 0, cached: 0 }
  return {
    input_tokens: input - cached,
    output_tokens: output,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: 0,
  }
}

const anthropicEnds = { stop: 'end_turn', length: 'max_tokens', filter: 'refusal' } as const

/** A completion as /v1/chat/completions answers. */
export function openaiAnswer(turn: Said) {
  const usage = usageOf(turn)
  const message =
    turn.kind === 'says'
      ? { role: 'assistant', content: turn.text, tool_calls: [] }
      : {
          role: 'assistant',
          content: null,
          tool_calls: turn.calls.map(({ tool, input }, index) => ({
            id: `call_${index}`,
            type: 'function',
            function: { name: tool, arguments: JSON.stringify(input) },
          })),
        }
  return {
    id: 'cmpl_1',
    object: 'chat.completion',
    created: 1,
    model: 'fake',
    choices: [
      {
        index: 0,
        message,
        finish_reason: turn.kind === 'calls' ? 'tool_calls' : openaiEnds[turn.end ?? 'stop'],
      },
    ],
    ...(usage === null ? {} : { usage: openaiUsage(usage) }),
  }
}

const openaiEnds = { stop: 'stop', length: 'length', filter: 'content_filter' } as const

function openaiUsage({ input, output, cached }: Usage): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  }
}

/** An answer of `anthropicAnswer` as the events of a stream, texts and arguments in pieces. */
export function anthropicStream(answer: {
  readonly content: readonly AnthropicBlock[]
  readonly stop_reason: string
  readonly usage: { readonly output_tokens: number }
}): string {
  const { content, stop_reason, usage } = answer
  const start = { ...answer, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } }
  const blocks = content.flatMap((block, index) => [
    { type: 'content_block_start', index, content_block: { ...block, ...emptied(block) } },
    ...deltasOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ])
  const events = [
    { type: 'message_start', message: start },
    ...blocks,
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: usage.output_tokens },
    },
    { type: 'message_stop' },
  ]
  return events.map((event) => `event: ${event.type}\n${data(event)}`).join('')
}

type AnthropicBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use'
      readonly id: string
      readonly name: string
      readonly input: unknown
    }

function emptied(block: AnthropicBlock): object {
  return block.type === 'text' ? { text: '' } : { input: {} }
}

function deltasOf(block: AnthropicBlock): readonly object[] {
  return block.type === 'text'
    ? pieces(block.text).map((text) => ({ type: 'text_delta', text }))
    : pieces(JSON.stringify(block.input)).map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }))
}

/** An answer of `openaiAnswer` in chunks; what was used comes last, as with `include_usage`. */
export function openaiStream(answer: {
  readonly choices: readonly { readonly message: OpenaiMessage; readonly finish_reason: string }[]
  readonly usage?: object
}): string {
  const { choices, usage, ...rest } = answer
  const [choice] = choices
  if (choice === undefined) throw new Error('An answer has a choice.')
  const { message, finish_reason } = choice
  const chunk = (delta: object, more: object = { finish_reason: null }) =>
    data({ ...rest, object: 'chat.completion.chunk', choices: [{ index: 0, delta, ...more }] })
  const calls = message.tool_calls.flatMap(
    ({ function: { name, arguments: text }, ...call }, index) => [
      { tool_calls: [{ index, ...call, function: { name, arguments: '' } }] },
      ...pieces(text).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ],
  )
  const texts = pieces(message.content ?? '').map((content) => ({ content }))
  return [
    ...[{ role: 'assistant' }, ...texts, ...calls].map((delta) => chunk(delta)),
    chunk({}, { finish_reason }),
    ...(usage === undefined ? [] : [data({ ...rest, choices: [], usage })]),
    'data: [DONE]\n\n',
  ].join('')
}

interface OpenaiMessage {
  readonly content: string | null
  readonly tool_calls: readonly {
    readonly id: string
    readonly type: string
    readonly function: { readonly name: string; readonly arguments: string }
  }[]
}

function data(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,7}/g) ?? []
}

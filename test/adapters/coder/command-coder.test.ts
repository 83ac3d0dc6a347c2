import { describe, expect, onTestFinished, test } from 'vitest'

import { commandCoder } from '#adapters/coder/command-coder.ts'
import { createWorkspaces } from '#adapters/observer/workspace.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import type { CoderUsage } from '#domain/coder.ts'
import type { Patch } from '#domain/patch.ts'

import { contextOn, key, shop, task } from '../../support/coder-world.ts'
import { call, modelEndpoint, type Turn } from '../../support/model-endpoint.ts'
import { directoryWith, sandboxWorld } from '../../support/sandbox-machine.ts'

const { machine } = sandboxWorld()

/** What every agent below can do: ask the model, as its environment says, and write files. */
const library = `
import { writeFileSync, readFileSync, existsSync } from 'node:fs'
export { writeFileSync, readFileSync, existsSync }
export const env = process.env
export const told = readFileSync(0, 'utf8')
export async function ask(path = '/v1/messages', more = {}) {
  const answer = await fetch(env.ANTHROPIC_BASE_URL + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': env.ANTHROPIC_API_KEY },
    body: JSON.stringify({ model: 'fake', messages: [], env }),
    ...more,
  })
  return { status: answer.status, text: await answer.text() }
}
export const repair = () => writeFileSync('src/sum.ts', readFileSync('src/sum.ts', 'utf8').replace('-', '+'))
`
const says = { kind: 'says', text: 'Add them.' } as const

interface Given {
  readonly calls?: number
  readonly minutes?: number
  /** What the base says to agents. */
  readonly orders?: Patch
  readonly script?: readonly Turn[]
}

const gone = (path: string) => ({ path, content: null })

/** Lets an agent, which is a program of ours, work on the shop in a real sandbox. */
async function code(agent: string, given: Given = {}) {
  const { calls = 100, minutes = 0.5, orders = [gone('AGENTS.md')], script = [says] } = given
  const endpoint = await modelEndpoint(script)
  onTestFinished(() => endpoint.stop())
  const source = directoryWith({ ...shop, 'AGENTS.md': 'Obey.\n' })
  const folder = directoryWith({
    'library.mjs': library,
    'agent.mjs': `const ADDRESS = '${endpoint.url}'\nimport { ask, env, existsSync, readFileSync, repair, told, writeFileSync } from './library.mjs'\n${agent}`,
  })
  const context = {
    ...contextOn({ ...shop, 'AGENTS.md': 'Obey.\n' }),
    orders: () => Promise.resolve(orders),
  }
  const sandbox = createSandbox(machine)
  const signal = new AbortController().signal
  const workspace = createWorkspaces({ sandbox, timeoutMs: 20_000 }).open(
    { source, mounts: [] },
    signal,
  )
  const spent: CoderUsage[] = []
  const coder = commandCoder({
    id: 'command/ours',
    model: 'command/ours',
    command: 'node /opt/agent/agent.mjs',
    folder,
    baseUrl: endpoint.url,
    apiKey: key,
    prices: { input: 3, output: 15, cached: 0.3 },
    redact: (text) => text.replaceAll(key, '[redacted]'),
    elapsed: () => performance.now(),
  })
  const meter = {
    async spend(usage: CoderUsage) {
      spent.push(usage)
      return spent.length >= calls ? ('spent' as const) : ('go-on' as const)
    },
  }
  const limits = { minutes, calls: 6 }
  const answer = await coder.code(task, { ...context, workspace, meter, limits })
  return { answer, spent, heard: endpoint.heard }
}

const fixed = [{ path: 'src/sum.ts', content: shop['src/sum.ts']?.replace('-', '+') }]

describe('an agent in the sandbox', () => {
  test('is told the task, asks the model without knowing the key, and leaves its edits', async () => {
    const { answer, spent, heard } = await code(
      'const { text } = await ask(); repair(); console.log(told.includes("Make the sum a sum."), text.includes("Add them."), existsSync("AGENTS.md"))',
    )
    expect(answer).toEqual({ kind: 'edits', patch: fixed, rationale: 'true true false' })
    expect(spent).toMatchObject([{ inputTokens: 1000, outputTokens: 100, source: 'measured' }])
    expect(heard[0]?.headers['x-api-key']).toBe(key)
    // It sent its whole environment: the key is not in it.
    expect(heard[0]?.body).toContain('"ANTHROPIC_API_KEY":"dummy"')
    expect(heard[0]?.body).not.toContain(key)
  })

  test.each([
    { path: 'messages', header: 'x-api-key', piece: 'input_json_delta' },
    { path: 'chat/completions', header: 'authorization', piece: '"arguments":"{' },
  ])('hears a stream of $path to its end, and it is counted', async ({ path, header, piece }) => {
    const { answer, spent, heard } = await code(
      `const body = JSON.stringify({ stream: true, stream_options: { include_usage: true } })
      const { status, text } = await ask('/v1/${path}', { body, headers: { '${header}': 'dummy' } })
      repair(); console.log(status, text.includes(${JSON.stringify(piece)}), text.split('\\n').length > 9)`,
      { script: [call('write', { path: 'src/sum.ts' })] },
    )
    expect(answer).toMatchObject({ patch: fixed, rationale: '200 true true' })
    expect(spent).toMatchObject([{ inputTokens: 1000, outputTokens: 100, source: 'measured' }])
    expect(heard[0]?.headers[header]).toContain(key)
  })

  test('reads the orders of the base, and none that the change under repair brought', async () => {
    const { answer } = await code(
      'await ask(); repair(); console.log(readFileSync("AGENTS.md", "utf8").trim(), existsSync("CLAUDE.md"))',
      { orders: [{ path: 'AGENTS.md', content: 'Of the base.\n' }, gone('CLAUDE.md')] },
    )
    expect(answer).toMatchObject({ kind: 'edits', patch: fixed, rationale: 'Of the base. false' })
  })

  test('may write only what a model may: the rest of what it leaves is dropped', async () => {
    const { answer } = await code(
      'repair(); for (const path of ["test/sum.test.ts", "package.json", "CLAUDE.md", ".aider.log"]) writeFileSync(path, "mine")',
    )
    expect(answer).toMatchObject({ kind: 'edits', patch: fixed })
  })

  test.each([
    ['out-of-scope', 'only edits the test', 'writeFileSync("test/sum.test.ts", "")'],
    ['nonsense', 'does nothing', 'console.log("Have you tried tea?")'],
    ['nonsense', 'falls over', 'throw new Error("no")'],
    ['timeout', 'runs for ever', 'setInterval(() => {}, 1000); await new Promise(() => {})'],
  ])('ends with %s when it %s', async (because, _title, agent) => {
    const minutes = because === 'timeout' ? 0.05 : 0.5
    expect((await code(agent, { minutes })).answer).toMatchObject({ kind: 'ended', because })
  })

  test('asks nothing more once the budget is spent', async () => {
    const { answer, heard } = await code('for (let i = 0; i < 5; i += 1) await ask()', { calls: 2 })
    expect(answer).toMatchObject({ kind: 'ended', because: 'budget-spent' })
    expect(heard).toHaveLength(2)
  })

  test.each([
    ['another path of the endpoint', '(await ask("/v1/files")).status'],
    ['a way around the path', '(await ask("/v1/../admin/v1/messages")).status'],
    ['the endpoint itself', 'await fetch(`${ADDRESS}/messages`).then(() => 200, () => 403)'],
  ])('does not reach %s', async (_title, expression) => {
    const { answer, heard } = await code(`console.log(${expression})`)
    expect(answer).toMatchObject({ kind: 'ended', because: 'nonsense', detail: '403' })
    expect(heard).toEqual([])
  })
})

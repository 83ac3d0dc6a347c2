import { describe, expect, test } from 'vitest'

import type { CoderEnd } from '#domain/coder.ts'

import { code, families, key, shop } from '../../support/coder-world.ts'
import { call, submit, type Turn } from '../../support/model-endpoint.ts'

const repair = call('replace', { path: 'src/sum.ts', search: 'a - b', replace: 'a + b' })
const fixed = [{ path: 'src/sum.ts', content: shop['src/sum.ts']?.replace('-', '+') }]

describe.each(families)('a model of the family %s', (provider) => {
  test('looks, edits, runs the check and submits; each call is counted and priced', async () => {
    const script = [
      call('list', {}),
      call('search', { text: 'SUM' }),
      call('read', { path: 'src/sum.ts' }),
      repair,
      call('run_check', { name: 'test' }),
      submit,
    ]

    const { answer, spent, heard } = await code({ provider, script })

    expect(answer).toEqual({
      kind: 'edits',
      patch: fixed,
      rationale: 'It added instead of subtracting.',
    })
    expect(spent).toHaveLength(6)
    expect(spent[0]).toMatchObject({ inputTokens: 1000, outputTokens: 100, source: 'measured' })
    expect(spent[0]?.dollars).toBeCloseTo(0.0045)
    const told = heard.at(-1)?.body ?? ''
    expect(told).toContain('src/sum.ts:1: export const sum')
    expect(told).toContain('Written: src/sum.ts')
    expect(told).toContain('exit code 0')
  })

  test('pays less for what was read from a cache', async () => {
    const usage = { input: 1000, output: 0, cached: 1000 }
    const { spent } = await code({
      provider,
      script: [{ kind: 'calls', calls: [{ tool: 'list', input: {} }], usage }, submit],
    })
    expect(spent[0]).toMatchObject({ inputTokens: 1000, cachedTokens: 1000 })
    expect(spent[0]?.dollars).toBeCloseTo(0.0003)
  })

  test('is asked again when the endpoint is busy or broken for a moment, and the refusals cost nothing', async () => {
    const soon = { 'retry-after-ms': '1' }
    const { answer, spent, heard } = await code({
      provider,
      script: [
        { kind: 'status', status: 429, headers: soon },
        { kind: 'status', status: 503, headers: soon },
        repair,
        submit,
      ],
    })
    expect(answer).toMatchObject({ kind: 'edits', patch: fixed })
    expect([heard.length, spent.length]).toEqual([4, 2])
  })

  test.each<[CoderEnd, string, Turn]>([
    ['rate-limited', 'for ever busy', busy(429)],
    ['unreachable', 'for ever broken', busy(500)],
    ['refused', 'without our key', busy(401)],
    ['refused', 'unwilling', { kind: 'says', text: '', end: 'filter' }],
    ['nonsense', 'talking and doing nothing', { kind: 'says', text: 'Have you tried tea?' }],
    ['nonsense', 'cut short', { kind: 'says', text: 'First I', end: 'length' }],
    ['nonsense', 'of another language', { kind: 'garbage', body: '{"wrong":"shape"}' }],
    ['nonsense', 'no language', { kind: 'garbage', body: '<html>busy</html>' }],
    ['no-answer', 'reading for ever', call('read', { path: 'src/sum.ts' })],
    ['no-answer', 'asking for a tool that there is not', call('shell', { command: 'id' })],
    ['no-answer', 'calling tools with nonsense', call('replace', { where: 7 })],
  ])('ends with %s where it is %s', async (because, _title, turn) => {
    const { answer } = await code({ provider, script: [turn] })
    expect(answer).toMatchObject({ kind: 'ended', because })
  })

  test('sends its key in the header and nowhere else', async () => {
    const { answer, heard } = await code({
      provider,
      files: { ...shop, 'notes.txt': `the key is ${key}` },
      script: [
        call('read', { path: 'notes.txt' }),
        call('write', { path: 'src/key.ts', content: 'export {}' }),
        call('submit', { rationale: `I saw ${key}` }),
      ],
    })
    expect(JSON.stringify(heard[0]?.headers)).toContain(key)
    expect(heard.map(({ body }) => body).join('')).not.toContain(key)
    expect(answer).toMatchObject({ kind: 'edits', rationale: 'I saw [redacted]' })
  })
})

function busy(status: number): Turn {
  return { kind: 'status', status, headers: { 'retry-after-ms': '1' } }
}

describe('a coder', () => {
  test('makes no call more when the budget is spent', async () => {
    const { answer, heard } = await code({ script: [call('list', {})], calls: 2 })
    expect(answer).toMatchObject({ kind: 'ended', because: 'budget-spent' })
    expect(heard).toHaveLength(2)
  })

  test('counts by itself where an answer does not say what it used', async () => {
    const { spent } = await code({
      provider: 'openai-compatible',
      script: [{ kind: 'calls', calls: [{ tool: 'list', input: {} }], usage: null }, submit],
    })
    expect(spent[0]).toMatchObject({ source: 'estimated' })
    expect(spent[0]?.inputTokens).toBeGreaterThan(100)
  })

  test('counts a call that broke off as an estimate, for it may be on the bill', async () => {
    const { spent } = await code({ script: [{ kind: 'cut' }, submit] })
    expect(spent[0]).toMatchObject({ source: 'estimated', outputTokens: 0 })
  })

  test.each<[CoderEnd, Turn]>([['timeout', { kind: 'silence' }]])(
    'ends with %s when nobody answers in time',
    async (because, turn) => {
      const context = { limits: { minutes: 0.005, calls: 6 } }
      const { answer } = await code({ script: [turn], context })
      expect(answer).toMatchObject({ kind: 'ended', because })
    },
  )

  test('ends when the run does', async () => {
    const ending = new AbortController()
    setTimeout(() => ending.abort(), 50)
    const { answer } = await code({
      script: [{ kind: 'silence' }],
      context: { signal: ending.signal },
    })
    expect(answer).toMatchObject({ kind: 'ended', because: 'cancelled' })
  })

  test('hands over what it edited before it lost its way: proof decides, and not how it talks', async () => {
    const { answer } = await code({ script: [repair, { kind: 'says', text: 'Well.' }] })
    expect(answer).toMatchObject({ kind: 'edits', patch: fixed })
  })
})

import { onTestFinished } from 'vitest'

import { modelCoder } from '#adapters/coder/model-coder.ts'
import { openModel } from '#adapters/coder/open-model.ts'
import { ownSecrets } from '#adapters/secrets/own-secrets.ts'
import type { CoderTask, CoderUsage } from '#domain/coder.ts'
import type { Patch } from '#domain/patch.ts'
import { coderRefusal, isForAgents } from '#policy/coder-scope.ts'
import type { Coder, CoderContext } from '#ports/coder.ts'

import { checkOf, findingOf, said } from './fix-world.ts'
import { modelEndpoint, type Turn } from './model-endpoint.ts'

export const key = 'a-key-that-nobody-may-see-4711'

/** A shop that adds up its prices the wrong way round. */
export const shop: Readonly<Record<string, string>> = {
  'src/sum.ts': 'export const sum = (a: number, b: number) => a - b\n',
  'test/sum.test.ts': "test('sums', () => expect(sum(1, 2)).toBe(3))\n",
  'CLAUDE.md': 'Do as you like.\n',
}

export const families = ['anthropic', 'openai-compatible'] as const

interface Given {
  readonly provider?: (typeof families)[number]
  readonly script: readonly Turn[]
  readonly files?: Readonly<Record<string, string>>
  readonly task?: Partial<CoderTask>
  readonly context?: Partial<CoderContext>
  /** After so many calls the budget is spent. */
  readonly calls?: number
}

/** A coder whose model is behind that address. */
export function coderAt(baseUrl: string, provider: (typeof families)[number]): Coder {
  return modelCoder({
    ...openModel({
      provider,
      model: 'fake',
      baseUrl,
      apiKey: key,
      prices: { input: 3, output: 15, cached: 0.3 },
    }),
    redact: (text) => ownSecrets([key]).inText(text),
    elapsed: () => performance.now(),
  })
}

/** Lets a coder work on the shop against an endpoint that does as scripted. */
export async function code(given: Given) {
  const { provider = 'anthropic', script, files = shop, calls = 100 } = given
  const endpoint = await modelEndpoint(script)
  onTestFinished(() => endpoint.stop())
  const spent: CoderUsage[] = []
  const answer = await coderAt(endpoint.url, provider).code(
    { ...task, ...given.task },
    {
      ...contextOn(files),
      meter: {
        async spend(usage) {
          spent.push(usage)
          return spent.length >= calls ? 'spent' : 'go-on'
        },
      },
      ...given.context,
    },
  )
  return { answer, spent, heard: endpoint.heard }
}

export const task: CoderTask = {
  kind: 'repair',
  objective: 'Make the sum a sum.',
  untrusted: [{ source: 'log', text: 'expected -1 to be 3' }],
  failedBefore: [],
}

/** The shop as a coder finds it, with a meter of its own still to come. */
export function contextOn(files: Readonly<Record<string, string>>): Omit<CoderContext, 'meter'> {
  const findings = [findingOf('vitest', 'test/sum.test.ts', 'expected -1 to be 3')]
  const read = (path: string, patch: Patch): string | null => {
    const edit = patch.findLast((one) => one.path === path)
    return edit ? edit.content : (files[path] ?? null)
  }
  return {
    workspace: {
      source: '/nowhere',
      mounts: [],
      run: () => Promise.reject(new Error('not run')),
      read,
      files: (patch) => [...new Set([...Object.keys(files), ...patch.map(({ path }) => path)])],
    },
    patch: [],
    checks: [checkOf('test', 'vitest')],
    observe: async (_check, patch) =>
      read('src/sum.ts', patch)?.includes('a + b') === true ? said() : said(...findings),
    refusal: (path) =>
      coderRefusal(path, { findings, protectedPaths: ['infra/**'], writes: 'code' }),
    isForAgents,
    orders: () => Promise.resolve([]),
    limits: { minutes: 1, calls: 6 },
    signal: new AbortController().signal,
  }
}

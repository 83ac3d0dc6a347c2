import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { modelCoder } from '#adapters/coder/model-coder.ts'
import { openModel } from '#adapters/coder/open-model.ts'
import { priced } from '#adapters/coder/prices.ts'
import { repairObjective } from '#messages/coder.ts'

import { checkOf, findingOf, said } from '../test/support/fix-world.ts'
import { call, modelEndpoint } from '../test/support/model-endpoint.ts'

/** Dollars for a million tokens, as an example: the prices of a model of the middle class are set by whoever uses one. */
const prices = { input: 3, output: 15, cached: 0.3 }
/** As the meter guesses where an answer does not count. */
const charactersOfToken = 4

const root = join(import.meta.dirname, '..')
const bug = 'src/policy/budget.ts'
const files = new Map(
  ['src', 'test', 'workflows'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const),
  ),
)

/** What a model does that looks before it edits: search, three files, an edit, the check, the end. */
const session = [
  call('search', { text: 'judgeBudget' }),
  call('read', { path: bug, from: 1 }),
  call('read', { path: 'test/policy/budget.test.ts', from: 1 }),
  call('read', { path: 'src/adapters/postgres/budgets.ts', from: 1 }),
  call('replace', {
    path: bug,
    search: 'one.used >= one.limit)',
    replace: 'one.used > one.limit)',
  }),
  call('check', { name: 'test' }),
  call('submit', { rationale: 'A limit that is reached was not called spent.' }),
]

const finding = findingOf('vitest', 'test/policy/budget.test.ts', 'expected ok to be exhausted')
const endpoint = await modelEndpoint(session)
const coder = modelCoder({
  ...openModel({ provider: 'anthropic', model: 'm', baseUrl: endpoint.url, apiKey: 'k', prices }),
  redact: (text) => text,
  elapsed: () => performance.now(),
})
const answer = await coder.code(
  {
    kind: 'repair',
    objective: repairObjective('test'),
    untrusted: [{ source: 'What the check complains about', text: finding.message }],
    failedBefore: [],
  },
  {
    workspace: {
      source: root,
      mounts: [],
      run: () => Promise.reject(new Error('Nothing is run.')),
      read: (path, patch) =>
        patch.findLast((edit) => edit.path === path)?.content ?? files.get(path) ?? null,
      files: () => [...files.keys()],
    },
    patch: [],
    checks: [checkOf('test', 'vitest')],
    observe: () => Promise.resolve(said(finding)),
    refusal: () => null,
    isForAgents: () => false,
    orders: () => Promise.resolve([]),
    limits: { minutes: 1, calls: 16 },
    meter: { spend: () => Promise.resolve('go-on') },
    signal: new AbortController().signal,
  },
)
await endpoint.stop()
if (answer.kind !== 'edits') throw new Error(`It ended with ${answer.because}.`)

const prompts = endpoint.heard.map(({ body }) => Math.ceil(body.length / charactersOfToken))
const input = prompts.reduce((sum, one) => sum + one, 0)
/** Its answers: short calls of tools, with some thinking before each. */
const output = prompts.length * 300
/** With a cache each call pays for what is new, and a tenth for what was said before. */
const cached = prompts.slice(0, -1).reduce((sum, one) => sum + one, 0)
const plain = priced({ input, output, cached: 0, written: 0 }, prices) ?? 0
const cheap = priced({ input, output, cached, written: input - cached }, prices) ?? 0

const dollars = (of: number): string => `$${of.toFixed(3)}`
console.log(`${files.size} files of this repository, ${prompts.length} calls`)
console.log(`tokens sent, call by call: ${prompts.join(', ')}`)
console.log(`in all ${input} in (${cached} of them seen before) and about ${output} out`)
console.log(`one attempt at $${prices.input} and $${prices.output} a million tokens (estimated):`)
console.log(`  without a cache ${dollars(plain)}, with one ${dollars(cheap)}`)
console.log(
  `three attempts ${dollars(plain * 3)}; a described bug asks twice, so ${dollars(plain * 2)}`,
)

import { describe, expect, test } from 'vitest'

import type { Patch } from '#domain/patch.ts'

import { memoryBudgets } from '../support/budgets.ts'
import { climbing, edit, files, red, right, scripted, unit, wrong } from '../support/coder-climb.ts'
import { findingOf, said } from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'
import { observing, propose } from '../support/ladder-world.ts'

const has = (patch: Patch, path: string): boolean => patch.some((one) => one.path === path)

const bad = (name: string) => findingOf('vitest', `test/${name}.test.ts`, `${name} is odd`)

describe('where no fixer helps', () => {
  test('a coder is asked, its edit is proved like any other, and what it used is on record', async () => {
    const { asked, spent, released, run } = climbing([edit(right)])

    const { outcome, entries, notes } = await run()

    expect(outcome).toMatchObject({
      kind: 'done',
      outputs: {
        patch: edit(right),
        repairs: [
          {
            strategies: ['coder/fake/one'],
            descriptions: ['Changed src/sum.ts as fake/one proposed'],
            rootCauses: [`fake/one says: "It 'subtracted'. See #1, @you"`],
            risk: 'safe',
          },
        ],
      },
    })
    expect(asked[0]?.untrusted[0]?.text).toContain('expected -1 to be 3')
    expect(asked[0]?.objective).not.toContain('expected')
    expect([spent.length, released]).toEqual([1, ['attempt-1']])
    expect(entries.map(({ key }) => key)).toEqual(['fix/cost/attempt-1', 'fix/trial/unit/0'])
    expect(notes[0]).toBe('asking fake/one, attempt 1 of 3')
  })

  test('it is told what was thrown away and asked three times at most', async () => {
    const { asked, run } = climbing([edit(wrong)])

    const { outcome, entries } = await run()

    expect(outcome).toMatchObject({ kind: 'failed', reason: 'no-fix-found' })
    expect(asked).toHaveLength(3)
    expect(asked[1]?.failedBefore).toEqual([
      'coder/fake/one: Changed src/sum.ts as fake/one proposed. The failures stayed.',
    ])
    expect(entries.filter(({ type }) => type === 'fix-cost')).toHaveLength(3)
  })

  test('what is more than small is proved all the same, and is for a human with the reason', async () => {
    const notes = edit('How it is added.\n'.repeat(40), 'docs/sum.md')
    const { run } = climbing([[...edit(right), ...notes]])
    const { outcome } = await run()
    const complex = [{ kind: 'beyond', what: 'lines', is: 42, most: 30 }]
    expect(outcome).toMatchObject({
      kind: 'done',
      outputs: { repairs: [{ risk: 'review', complex }] },
    })
  })

  test('three small edits are weighed as the one that they are', async () => {
    const names = ['a', 'b', 'c']
    const after = (patch: Patch) =>
      said(...names.filter((name) => !has(patch, `src/${name}.ts`)).map(bad))
    const { observer } = observing({ unit: after }, Array(4).fill(after([])))
    const { coder } = scripted(...names.map((name) => edit('f()\n', `src/${name}.ts`)))
    const failures = [[unit, after([])]] as const
    const { outcome } = await propose({
      observer,
      failures,
      fixers: [],
      rungs: ['coder'],
      ports: { coder },
    })

    const complex = [{ kind: 'beyond', what: 'files', is: 3, most: 2 }]
    expect(outcome).toMatchObject({ outputs: { repairs: [{ risk: 'review', complex }] } })
  })

  test('what is too much is declined unmeasured, and a smaller answer is asked for', async () => {
    const all = [...edit(right), ...edit('A word.\n'.repeat(400), 'docs/sum.md')]
    const why = 'Declined as too complex: It changes 402 lines, and 400 are the most.'
    const { asked, run } = climbing([all, edit(right)])
    expect((await run()).outcome).toMatchObject({ kind: 'done', outputs: { patch: edit(right) } })
    expect(asked[1]?.failedBefore[0]).toContain(why)

    const { outcome } = await climbing([all]).run()
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-complex' })
    expect(JSON.stringify(outcome)).toContain(why)
  })

  test.each([
    ['that weakens the test', edit("test('sums', () => {})\n", 'test/sum.test.ts')],
    [
      'that skips the test',
      edit(files['test/sum.test.ts'].replace('test(', 'test.skip('), 'test/sum.test.ts'),
    ],
    ['that adds any', edit('export const sum = (a: any, b: any): any => a + b\n')],
    ['that silences the compiler', edit(`// @ts-ignore\n${right}`)],
    ['that empties the code', edit('export const sum = () => 3\n')],
  ])('an edit %s is thrown away unmeasured', async (_title, patch) => {
    const { run } = climbing([patch])
    const { outcome, notes } = await run()
    expect(outcome).toMatchObject({ kind: 'failed' })
    expect(notes.join('\n')).toContain('tried coder/fake/one, not kept')
    expect(notes.join('\n')).not.toContain('The failures stayed.')
  })

  test.each([
    ['nonsense', 3],
    ['out-of-scope', 3],
    ['no-answer', 3],
    ['unreachable', 1],
    ['refused', 1],
    ['rate-limited', 1],
    ['timeout', 1],
  ] as const)(
    'one that ends with %s is asked %d times, and that is told',
    async (because, times) => {
      const { asked, run } = climbing([{ kind: 'ended', because, detail: 'so it is' }])
      const { entries } = await run()
      expect(asked).toHaveLength(times)
      expect(entries.find(({ type }) => type === 'fix-trial')).toMatchObject({
        data: {
          trial: { strategy: 'coder/fake/one', verdict: expect.stringContaining('so it is') },
        },
      })
    },
  )

  test('nobody is asked about a coin', async () => {
    const { observer } = observing({ unit: () => red }, [red, said()])
    const { coder, asked } = scripted(edit(right))
    const { entries } = await propose({
      observer,
      failures: [[unit, red]],
      fixers: [],
      rungs: ['coder'],
      ports: { coder },
    })
    expect(asked).toEqual([])
    expect(entries.at(-1)).toMatchObject({ data: { setAside: { reason: 'flaky' } } })
  })
})

describe('the budget', () => {
  const reached = { scope: 'task', measure: 'dollars', used: 3, limit: 3 } as const

  test('that is spent ends the climb with its own reason before anybody is asked', async () => {
    const { coder, asked } = scripted(edit(right))
    const { budgets } = memoryBudgets({ kind: 'exhausted', reached })
    const { run } = climbing([], { ports: { coder, budgets } })
    const { outcome } = await run()
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'budget-spent' })
    expect(JSON.stringify(outcome)).toContain('$3.00 of $3.00 for this task')
    expect(asked).toEqual([])
  })

  test('that is nearly spent is told, and the attempt goes on', async () => {
    const near = [{ ...reached, used: 2.5 }]
    const allowance = { dollars: 0.5, tokens: 1000, minutes: 1, attempts: 1 }
    const { budgets } = memoryBudgets({ kind: 'reserved', id: 'one', allowance, near })
    const { coder } = scripted(edit(right))
    const { outcome, notes, entries } = await climbing([], { ports: { coder, budgets } }).run()
    expect(outcome.kind).toBe('done')
    expect(notes).toContain('Nearly spent: $2.50 of $3.00 for this task')
    expect(entries[0]).toMatchObject({ data: { kind: 'cost', near } })
  })

  test('that ends in the middle of an attempt ends the climb, too', async () => {
    const { asked, run } = climbing([{ kind: 'ended', because: 'budget-spent', detail: '' }])
    expect((await run()).outcome).toMatchObject({ kind: 'failed', reason: 'budget-spent' })
    expect(asked).toHaveLength(1)
  })
})

describe('the ladder ends before its last rung and says so', () => {
  test('where no model is set', async () => {
    const { outcome, notes } = await climbing([], { ports: { coder: null } }).run()
    expect(notes.at(-1)).toContain('no model is set (CODER_PROVIDER)')
    expect(JSON.stringify(outcome)).toContain('no model is set (CODER_PROVIDER)')
  })

  test('where a stranger would spend the money, unless somebody who may asked for it', async () => {
    const stranger = hostedContext({ isFork: true, asked: null })
    const { asked, run } = climbing([edit(right)], { event: stranger.context.event })
    expect(JSON.stringify((await run()).outcome)).toContain('what a stranger proposed')
    expect(asked).toEqual([])

    const invited = hostedContext({ isFork: true, asked: { issue: 1, comment: 2 } })
    expect(
      (await climbing([edit(right)], { event: invited.context.event }).run()).outcome.kind,
    ).toBe('done')
  })
})

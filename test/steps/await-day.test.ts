import { describe, expect, test } from 'vitest'

import type { Reached } from '#domain/budget.ts'
import type { Hosted } from '#domain/hosted.ts'

import { memoryBudgets } from '../support/budgets.ts'
import { climbing, edit, red, right, scripted, unit } from '../support/coder-climb.ts'
import { checkOf } from '../support/fix-world.ts'
import { hostedContext, memoryHosting } from '../support/hosted-world.ts'
import { brokenIn, observing, propose } from '../support/ladder-world.ts'

const day: Reached = { scope: 'day', measure: 'dollars', used: 10, limit: 10 }

function spending(reached: Reached, on: Partial<Hosted> = {}, more: object = {}) {
  const { coder, asked } = scripted(edit(right))
  const { budgets } = memoryBudgets({ kind: 'exhausted', reached })
  const { hosting, shown, comments } = memoryHosting()
  const { event } = hostedContext(on).context
  const ports = { ...hosting, coder, budgets }
  const { run } = climbing([], { event, ports, ...more })
  return { asked, shown, comments, run }
}

describe('where the day of the repository is spent', () => {
  test('a run waits until a minute into the next day of UTC, and says so where it is read', async () => {
    const { asked, shown, comments, run } = spending(day)
    const { outcome, entries } = await run()
    // The clock of these tests stands at a midnight.
    expect(outcome).toEqual({ kind: 'wait', topic: 'news', timeoutMs: 86_460_000, resumes: true })
    expect(shown.at(-1)).toMatchObject({ conclusion: null })
    expect(shown.at(-1)?.summary).toContain('$10.00 of $10.00 for this repository today')
    expect(comments.at(-1)?.body).toContain('after midnight UTC')
    // What is tried again is not given up.
    expect(entries).toEqual([])
    expect(asked).toEqual([])
  })

  test('in the middle of an attempt, too', async () => {
    const { coder, asked } = scripted({ kind: 'ended', because: 'budget-spent', detail: '' })
    const { budgets } = memoryBudgets(undefined, 100, day)
    const { hosting } = memoryHosting()
    const { event } = hostedContext().context
    const { outcome } = await climbing([], { event, ports: { ...hosting, coder, budgets } }).run()
    expect(outcome.kind).toBe('wait')
    expect(asked).toHaveLength(1)
  })

  test.each<[string, Reached, Partial<Hosted>, object]>([
    ['for one that waited already', day, {}, { message: null }],
    ['where the task itself is spent', { ...day, scope: 'task' }, {}, {}],
    ['on a default branch, whose culprit is looked for', day, onMain(), {}],
  ])('nobody waits %s', async (...[, reached, on, more]) => {
    const { outcome } = await spending(reached, on, more).run()
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'budget-spent' })
  })

  test('nobody waits at a command line', async () => {
    const { coder } = scripted(edit(right))
    const { budgets } = memoryBudgets({ kind: 'exhausted', reached: day })
    const { outcome } = await climbing([], { ports: { coder, budgets } }).run()
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'budget-spent' })
  })

  test('what was repaired without a model is handed on at once', async () => {
    const types = checkOf('types', 'tsc')
    const broken = brokenIn(types, 'a.ts')
    const { observer } = observing({ types: broken, unit: () => red }, Array(4).fill(red))
    const { coder } = scripted(edit(right))
    const { budgets } = memoryBudgets({ kind: 'exhausted', reached: day })
    const { outcome } = await propose({
      observer,
      failures: [
        [types, broken([])],
        [unit, red],
      ],
      rungs: ['types', 'coder'],
      ports: { ...memoryHosting().hosting, coder, budgets },
      event: hostedContext().context.event,
    })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { solved: 1 } })
  })
})

describe('a run that is woken', () => {
  test('on the next day goes on where it stood', async () => {
    const { hosting } = memoryHosting()
    const { event } = hostedContext().context
    const { coder, asked } = scripted(edit(right))
    const ports = { ...hosting, coder, budgets: memoryBudgets().budgets }
    const { outcome } = await climbing([], { event, ports, message: null }).run()
    expect(outcome).toMatchObject({ kind: 'done', outputs: { solved: 1 } })
    expect(asked).toHaveLength(1)
  })

  test('by somebody who pushed has no more to do', async () => {
    const { asked, run } = spending(day, { headSha: 'd'.repeat(40) }, { message: 'news' })
    expect((await run()).outcome).toMatchObject({ kind: 'failed', reason: 'head-moved' })
    expect(asked).toEqual([])
  })

  test('by other news waits on', async () => {
    expect((await spending(day, {}, { message: 'news' }).run()).outcome.kind).toBe('wait')
  })
})

function onMain(): Partial<Hosted> {
  return { branch: 'main', pullRequest: null }
}

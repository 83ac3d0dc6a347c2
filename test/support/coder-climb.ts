import type { CoderTask } from '#domain/coder.ts'
import type { Patch } from '#domain/patch.ts'
import type { Coder, CoderAnswer } from '#ports/coder.ts'

import { memoryBudgets, used } from './budgets.ts'
import { checkOf, findingOf, said } from './fix-world.ts'
import { observing, propose } from './ladder-world.ts'

export const unit = checkOf('unit', 'vitest')
export const red = said(findingOf('vitest', 'test/sum.test.ts', 'expected -1 to be 3'))
export const files = {
  'src/sum.ts': 'export const sum = (a: number, b: number): number => a - b\n',
  'test/sum.test.ts': "test('sums', () => {\n  expect(sum(1, 2)).toBe(3)\n})\n",
}
export const right = 'export const sum = (a: number, b: number): number => a + b\n'
export const wrong = 'export const sum = (a: number, b: number): number => a * b\n'

/** A coder that gives these answers in turn, each after one call. */
export function scripted(...answers: readonly (CoderAnswer | Patch)[]) {
  const asked: CoderTask[] = []
  const coder: Coder = {
    id: 'fake/one',
    async code(task, { meter }) {
      asked.push(task)
      await meter.spend(used)
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? []
      if ('kind' in answer) return answer
      return { kind: 'edits', patch: answer, rationale: 'It "subtracted".\nSee #1, @you' }
    },
  }
  return { coder, asked }
}

/** The check is red until the sum is right; whatever else is written is measured as it is. */
export function climbing(answers: readonly (CoderAnswer | Patch)[], more: object = {}) {
  const { coder, asked } = scripted(...answers)
  const { observer } = observing(
    { unit: (patch) => (patch.some(({ content }) => content === right) ? said() : red) },
    Array(4).fill(red),
  )
  const { budgets, spent, released } = memoryBudgets()
  const ports = { coder, budgets }
  const given = { observer, failures: [[unit, red]] as const, fixers: [], files, ports }
  return { asked, spent, released, run: () => propose({ ...given, rungs: ['coder'], ...more }) }
}

export const edit = (content: string, path = 'src/sum.ts'): Patch => [{ path, content }]

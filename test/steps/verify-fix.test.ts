import { expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Patch } from '#domain/patch.ts'
import type { LadderPorts } from '#steps/ladder-ports.ts'
import { verifyFix } from '#steps/verify-fix.ts'

import {
  checkOf,
  contextOf,
  findingOf,
  headPlace,
  ladderPorts,
  said,
} from '../support/fix-world.ts'

const red = said(findingOf('tsc', 'a.ts', 'Cannot find name'))

/** A tree whose type check turns green at the given observation, or never. */
function ports(greenAt: number) {
  let observations = 0
  const observe = () => {
    observations += 1
    return Promise.resolve(observations >= greenAt ? said() : red)
  }
  const observer = { observe, again: observe }
  return { all: ladderPorts({ 'a.ts': 'x' }, { observer }), count: () => observations }
}

function verify(all: LadderPorts, given: object = {}) {
  const kind = verifyFix(all)
  const input = kind.input.parse({
    place: headPlace,
    patch: [{ path: 'a.ts', content: 'fixed' }],
    repairs: [],
    failures: [],
    setAside: [],
    greens: [{ check: checkOf('types', 'tsc'), evidence: said() }],
    configuration: null,
    rungs: [],
    ...given,
  })
  return kind.run(input, contextOf().context)
}

test.each([
  [1, 'done'],
  [2, 'done'],
  [3, 'done'],
  [4, 'failed'],
])('a type check that is green at attempt %i of a fix ends it %s', async (attempt, ending) => {
  // Between two attempts the ladder looks once at what the first one broke.
  const { all, count } = ports(2 * attempt - 1)
  const outcome = await verify(all)
  expect(outcome.kind).toBe(ending)
  expect(count()).toBe(2 * Math.min(attempt, 3) - 1)
})

test('a fix that breaks what was green says which finding it would have caused', async () => {
  const outcome = await verify(ports(9).all)
  expect(outcome).toEqual({
    kind: 'failed',
    reason: 'type-check-failed',
    detail: 'types: Cannot find name',
  })
})

/** A world where a check says one thing on the head and another on the fixed tree. */
function worldOf(says: (check: Check, fixed: boolean) => Evidence) {
  const seen: string[] = []
  const observe = (_workspace: unknown, check: Check, patch: Patch) => {
    seen.push(`${check.name} on the ${patch.length > 0 ? 'fixed tree' : 'head'}`)
    return Promise.resolve(says(check, patch.length > 0))
  }
  return {
    all: ladderPorts({ 'a.ts': 'x' }, { observer: { observe, again: observe } }),
    seen,
  }
}

const beside = { greens: [], beside: [checkOf('tests', 'vitest')] }

test('tests that nobody asked about are run on the fixed tree, as far as the change reaches', async () => {
  const { all, seen } = worldOf(() => said())
  const outcome = await verify(all, beside)

  expect(seen).toEqual(['tests for a.ts on the fixed tree'])
  expect(outcome).toMatchObject({
    kind: 'done',
    outputs: { proof: [{ check: 'tests for a.ts', before: null, verdict: 'green' }] },
  })
})

test('a fix that turns tests red which nobody asked about is not proved', async () => {
  const broken = said(findingOf('vitest', 'a.test.ts', 'expected 1'))
  const { all } = worldOf((_check, fixed) => (fixed ? broken : said()))
  expect(await verify(all, beside)).toMatchObject({ kind: 'failed', reason: 'newly-broken' })
})

test('tests beside that were as red on the head are pre-existing', async () => {
  const broken = said(findingOf('vitest', 'a.test.ts', 'expected 1'))
  const { all, seen } = worldOf(() => broken)
  const outcome = await verify(all, beside)

  expect(seen).toContain('tests for a.ts on the head')
  expect(outcome).toMatchObject({ outputs: { proof: [{ verdict: 'pre-existing' }] } })
})

test.each([
  ['pre-existing, where the head hid them behind its own failures', 'b.test.ts', 'done'],
  ['newly broken, where the fix changed their file', 'a.ts', 'failed'],
])('tests beside that only the base shows are %s', async (_title, file, kind) => {
  const onBase = said(findingOf('vitest', file, 'expected 1'))
  const onHead = said(findingOf('vitest', 'a.test.ts', 'does not load'))
  // Beside the fixed tree the head is looked at first, then the base.
  const answers = [1, 2, 3].flatMap(() => [onHead, onBase])
  const { all } = worldOf((_check, fixed) => (fixed ? onBase : (answers.shift() ?? onHead)))
  const outcome = await verify(all, { ...beside, place: { ...headPlace, baseSha: 'b'.repeat(40) } })

  expect(outcome.kind).toBe(kind)
})

test('a change of the formatting alone has nothing beside to answer for', async () => {
  const { all, seen } = worldOf(() => said())
  const outcome = await verify(all, { ...beside, patch: [{ path: 'a.ts', content: 'x;\n' }] })

  expect(seen).toEqual([])
  expect(outcome).toMatchObject({ kind: 'done', outputs: { proof: [] } })
})

test.each([
  ['a file is gone', { path: 'a.ts', content: null }],
  ['a manifest changed', { path: 'package.json', content: '{"type":"module"}' }],
])('all of the tests beside are run when %s', async (_when, edit) => {
  const { all, seen } = worldOf(() => said())
  await verify(all, { ...beside, patch: [edit] })
  expect(seen).toEqual(['tests on the fixed tree'])
})

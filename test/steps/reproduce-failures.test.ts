import { expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { StepContext } from '#ports/step.ts'
import { reproduceFailures } from '#steps/reproduce-failures.ts'

import {
  checkOf,
  contextOf,
  findingOf,
  headPlace,
  memoryStore,
  said,
  workspaceWith,
} from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'

const red = said(findingOf('tsc', 'a.ts', 'old'))
const types = checkOf('types', 'tsc')
const parentSha = 'b'.repeat(40)

/** Red on the head; `before` is what it said on the commit before. */
async function reproduce(check: Check, before: Evidence) {
  const { repositories: _repositories, ...ports } = workspaceWith({})
  const { store, entries } = memoryStore()
  const { context, notes } = contextOf()
  const observe = ({ source }: { source: string }) =>
    Promise.resolve(source === parentSha ? before : red)
  const kind = reproduceFailures({
    ...ports,
    repositories: { checkout: (_mirror, sha) => Promise.resolve(sha) },
    workspaces: {
      open: (place, signal) => ({ ...ports.workspaces.open(place, signal), source: place.source }),
    },
    observer: { observe, again: observe },
    fixers: [],
    store,
  })
  const place = { ...headPlace, parentSha }
  const input = kind.input.parse({ place, checks: [check], configuration: null })
  return { outcome: await kind.run(input, context), notes, keys: entries.map(({ key }) => key) }
}

const standIn: Check = { ...types, origin: 'stand-in' }

test('what CI does not run, and was red before, is left out', async () => {
  const { outcome, notes, keys } = await reproduce(standIn, red)

  expect(outcome).toMatchObject({ outputs: { failures: [], setAside: [], red: 0 } })
  expect(notes.at(-1)).toBe('types is left out: CI does not run it, and it was red before as well')
  expect(keys).toEqual([])
})

test.each([
  ['what CI does not run, and was green before', standIn, said()],
  ['what CI runs, whatever it said before on the default branch', types, red],
])('%s, is ours', async (_title, check, before) => {
  const { outcome, keys } = await reproduce(check, before)

  expect(outcome).toMatchObject({ outputs: { failures: [{ check: { name: 'types' } }], red: 1 } })
  expect(keys).toEqual(['fix/check/types'])
})

const asked = contextOf().context
const named = { ...asked, event: { ...asked.event, checks: ['npx tsc'] } }

/** The order in which the repair was got ready and the check was run. */
async function orderFor(context: StepContext, isRed: boolean): Promise<readonly string[]> {
  const order: string[] = []
  const fixer = {
    foresee: () => void order.push('gets ready'),
    forget: () => void order.push('lets go'),
  }
  const observe = async () => {
    order.push('runs')
    return isRed ? said(findingOf('tsc', 'a.ts', 'broken')) : said()
  }
  const observer = { observe, again: observe }
  const ports = { ...workspaceWith({}), observer, fixers: [fixer], store: memoryStore().store }
  const checks = [checkOf('types', 'tsc')]
  const input = { place: headPlace, checks, configuration: null }
  await reproduceFailures(ports).run(input, context)
  return order
}

test.each([
  ['the command line names', named],
  ['GitHub tells of', hostedContext({ failed: ['types'] }).context],
])('the repair of a red check that %s gets ready while the check runs', async (_who, context) => {
  expect((await orderFor(context, true)).slice(0, 2)).toEqual(['gets ready', 'runs'])
  expect(await orderFor(context, false)).toEqual(['gets ready', 'runs', 'lets go'])
})

test.each([
  ['the command line', asked],
  ['a person on GitHub', hostedContext({ failed: [] }).context],
])('where %s names no red check, the repair gets ready when one is', async (_who, context) => {
  expect(await orderFor(context, true)).toEqual(['runs', 'gets ready'])
  expect(await orderFor(context, false)).toEqual(['runs', 'lets go'])
})

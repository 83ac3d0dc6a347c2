import { expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
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

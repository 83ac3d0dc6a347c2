import { expect, test } from 'vitest'

import type { Patch } from '#domain/patch.ts'

import { checkOf, said } from '../support/fix-world.ts'
import { brokenIn, observing, propose, repaired, stubborn } from '../support/ladder-world.ts'

const install = checkOf('install', 'install')
const types = checkOf('types', 'tsc')
const unit = checkOf('unit', 'vitest')

test('a red type check is repaired and what proved it is on record', async () => {
  const broken = brokenIn(types, 'a.ts')
  const { observer } = observing({ types: broken })

  const { outcome, entries, evidence } = await propose({
    observer,
    failures: [[types, broken([])]],
  })

  const patch = [{ path: 'a.ts', content: repaired }]
  expect(outcome).toMatchObject({ kind: 'done', outputs: { patch, solved: 1, unsolved: [] } })
  expect(entries.map(({ key }) => key)).toEqual(['fix/trial/types/0'])
  expect(evidence).toEqual(['repaired/types'])
})

test('a test that changes its mind on the same files is set aside as flaky, and its change is dropped', async () => {
  const broken = brokenIn(unit, 'coin.test.ts')
  const { observer } = observing({ unit: broken }, [said()])

  const { outcome, entries, notes } = await propose({ observer, failures: [[unit, broken([])]] })

  expect(outcome).toMatchObject({ kind: 'failed', reason: 'no-fix-found' })
  expect(entries.at(-1)).toMatchObject({ data: { setAside: { check: 'unit', reason: 'flaky' } } })
  expect(notes.at(-1)).toContain('unit is flaky')
})

test('a test that is red whenever it is run is repaired', async () => {
  const broken = brokenIn(unit, 'sum.test.ts')
  const { observer } = observing({ unit: broken }, Array(4).fill(broken([])))

  const { outcome } = await propose({ observer, failures: [[unit, broken([])]], reruns: 4 })

  expect(outcome).toMatchObject({ kind: 'done', outputs: { solved: 1 } })
})

test('a check that no rung repairs is told with its findings, and the others are repaired all the same', async () => {
  const [one, other] = [checkOf('one', 'tsc'), checkOf('other', 'tsc')]
  const broken = brokenIn(one, 'a.ts')
  const { observer } = observing({ one: broken, other: stubborn })

  const { outcome, entries } = await propose({
    observer,
    failures: [
      [one, broken([])],
      [other, stubborn([])],
    ],
  })

  expect(outcome).toMatchObject({
    kind: 'done',
    outputs: {
      solved: 1,
      patch: [{ path: 'a.ts' }],
      unsolved: [{ check: 'other', reason: 'no-fix-found', detail: 'b.ts:1 b.ts is beyond us' }],
    },
  })
  expect(entries.map(({ key }) => key)).toContain('fix/set-aside/other')
})

test('what was given up is tried once more when others were repaired since', async () => {
  const lint = checkOf('lint', 'eslint')
  const [inTest, inLint] = [brokenIn(unit, 'c.ts'), brokenIn(lint, 'a.ts')]
  // The linter reads types that are there only when c.ts is repaired.
  const linted = (patch: Patch) =>
    patch.some(({ path }) => path === 'c.ts') ? inLint(patch) : stubborn(patch)
  const { observer, asked } = observing({ unit: inTest, lint: linted })

  const { outcome, entries } = await propose({
    observer,
    failures: [
      [lint, stubborn([])],
      [unit, inTest([])],
    ],
    reruns: 0,
  })

  expect(outcome).toMatchObject({
    kind: 'done',
    outputs: { solved: 2, unsolved: [], patch: [{ path: 'a.ts' }, { path: 'c.ts' }] },
  })
  // What was tried the first time stays on record.
  const tried = entries.map(({ key }) => key).filter((key) => key.startsWith('fix/trial/lint/'))
  expect(tried).toEqual(['fix/trial/lint/0', 'fix/trial/lint/1'])
  expect(asked.lastIndexOf('lint')).toBeGreaterThan(asked.lastIndexOf('unit'))
})

test('what no repair of others could help is not tried again', async () => {
  const { observer } = observing({ types: stubborn })

  const { entries } = await propose({ observer, failures: [[types, stubborn([])]] })

  expect(entries.map(({ key }) => key)).toEqual(['fix/trial/types/0', 'fix/set-aside/types'])
})

test('checks that waited for the dependencies are run and repaired once these install', async () => {
  const noInstall = brokenIn(install, 'package.json')
  const { observer } = observing({ install: noInstall, types: brokenIn(types, 'a.ts') })

  const { outcome, evidence } = await propose({
    observer,
    failures: [[install, noInstall([])]],
    pending: [types, unit],
  })

  expect(outcome).toMatchObject({
    kind: 'done',
    outputs: {
      solved: 2,
      patch: [{ path: 'a.ts' }, { path: 'package.json' }],
      // What comes after them proves these too.
      failures: [{ check: { name: 'install' } }, { check: { name: 'types' } }],
      greens: [{ check: { name: unit.name } }],
    },
  })
  expect(evidence).toEqual(['repaired/install', 'head/types', 'repaired/types', 'head/unit'])
})

test('checks that wait for the dependencies are not run while these do not install', async () => {
  const noInstall = brokenIn(install, 'package.json')
  const { observer, asked } = observing({ install: noInstall })

  const { outcome } = await propose({
    observer,
    failures: [[install, noInstall([])]],
    pending: [types],
    fixers: [],
  })

  expect(outcome).toMatchObject({ kind: 'failed', reason: 'no-fix-found' })
  expect(asked).not.toContain('types')
})

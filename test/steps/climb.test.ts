import { isDeepStrictEqual } from 'node:util'

import { describe, expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Candidate, Fixer } from '#ports/fixer.ts'
import type { Workspace } from '#ports/workspace.ts'

import { climb } from '../../src/steps/climb.ts'

const check: Check = {
  name: 'types',
  command: 'tsc',
  directory: '.',
  origin: 'package-script',
  before: [],
  invocations: [{ tool: 'tsc', argv: ['tsc'], directory: '.' }],
  mode: 'apply',
}

function finding(subject: string): Finding {
  return { tool: 'tsc', rule: 'TS1', file: 'a.ts', line: 1, column: 1, subject, message: subject }
}

function evidence(...subjects: string[]): Evidence {
  return {
    command: 'tsc',
    end: { kind: 'exited', exitCode: subjects.length === 0 ? 0 : 2 },
    durationMs: 1,
    outputTail: '',
    findings: subjects.map(finding),
  }
}

/** A world in which each file that was edited takes away the findings it is named after, and may bring new ones. */
function world(red: readonly string[], brings: Readonly<Record<string, string>> = {}) {
  const observed: Patch[] = []
  return {
    observed,
    observer: {
      async observe(_workspace: Workspace, _check: Check, patch: Patch) {
        // What was observed once is answered from memory, as the observer does.
        if (!observed.some((one) => isDeepStrictEqual(one, patch))) observed.push(patch)
        const gone = patch.map(({ path }) => path)
        const left = red.filter((name) => !gone.includes(name))
        const fresh = gone
          .flatMap((name) => brings[name] ?? [])
          .filter((name) => !gone.includes(name))
        return evidence(...left, ...fresh)
      },
    },
  }
}

const workspace: Workspace = {
  source: '/nowhere',
  mounts: [],
  run: () => Promise.reject(new Error('not run')),
  read: () => null,
  files: () => [],
}

function candidate(name: string): Candidate {
  return {
    strategy: `test/${name}`,
    description: `Repaired ${name}.`,
    rootCause: `${name} was broken.`,
    patch: [{ path: name, content: 'fixed' }],
    risk: 'safe',
  }
}

function fixer(...names: string[]): Fixer {
  return {
    id: 'test',
    rung: 'types',
    applies: () => true,
    propose: ({ findings }) =>
      Promise.resolve(
        names.filter((name) => findings.some(({ subject }) => subject === name)).map(candidate),
      ),
  }
}

const formatter = async (): Promise<Patch> => [{ path: 'a', content: 'formatted' }]

function task(red: string[], fixers: Fixer[], preExisting: string[] = []) {
  return {
    failure: {
      check,
      evidence: evidence(...red),
      targets: red.filter((name) => !preExisting.includes(name)).map(finding),
      preExisting: preExisting.map(finding),
    },
    patch: [],
    workspace,
    fixers,
    snapshotsAllowed: false,
    recipes: [],
    base: null,
    ahead: () => undefined,
    tidy: (_request: unknown, patch: Patch) => Promise.resolve(patch),
    note: () => undefined,
    coder: null,
    known: [],
  }
}

describe('climbing the ladder', () => {
  test('keeps a candidate that makes the check green and records what was measured', async () => {
    const { observer } = world(['a'])
    const { repair } = await climb({ ...task(['a'], [fixer('a')]), observer })
    expect(repair?.patch).toEqual([{ path: 'a', content: 'fixed' }])
    expect(repair?.after.end).toEqual({ kind: 'exited', exitCode: 0 })
  })

  test('proves several candidates with one run when together they are enough', async () => {
    const { observer, observed } = world(['a', 'b'])
    const { repair } = await climb({ ...task(['a', 'b'], [fixer('a', 'b')]), observer })
    expect(repair?.strategies).toEqual(['test/a', 'test/b'])
    expect(observed).toHaveLength(1)
  })

  test('runs a quick check on the edits while they are being formatted, a slow one after it', async () => {
    const seen = await Promise.all(
      [1000, 60_000].map(async (durationMs) => {
        const { observer, observed } = world(['a'])
        const job = task(['a'], [fixer('a')])
        const slow = { ...job.failure, evidence: { ...job.failure.evidence, durationMs } }
        await climb({ ...job, failure: slow, observer, tidy: formatter })
        return observed.map(([edit]) => edit?.content)
      }),
    )
    expect(seen).toEqual([['fixed', 'formatted'], ['formatted']])
  })

  test.each([
    ['formats what a fixer wrote as it came to mind', false, 'formatted'],
    ['takes what came formatted as it is: a formatter costs a start', true, 'fixed'],
  ])('%s', async (_title, tidied, content) => {
    const { observer } = world(['a'])
    const found = { ...fixer('a'), propose: async () => [{ ...candidate('a'), tidied }] }
    const { repair } = await climb({ ...task(['a'], [found]), observer, tidy: formatter })
    expect(repair?.patch).toEqual([{ path: 'a', content }])
  })

  test('throws away a candidate that brings a failure that was not there', async () => {
    const { observer } = world(['a'], { a: 'worse' })
    const { repair, trials, left } = await climb({ ...task(['a'], [fixer('a')]), observer })
    expect(repair).toBeNull()
    expect(trials[0]?.verdict).toBe('It brought a failure that was not there before: a.ts:1 worse.')
    expect(left.map(({ subject }) => subject)).toEqual(['a'])
  })

  test('does not claim a repair while one finding is left', async () => {
    const { observer } = world(['a', 'logic'])
    const { repair, left } = await climb({ ...task(['a', 'logic'], [fixer('a')]), observer })
    expect(repair).toBeNull()
    expect(left.map(({ subject }) => subject)).toEqual(['logic'])
  })

  test('leaves alone what was red before and calls the check repaired without it', async () => {
    const { observer } = world(['a', 'old'])
    const climbing = task(['a', 'old'], [fixer('a', 'old')], ['old'])
    const { repair } = await climb({ ...climbing, observer })
    expect(repair?.strategies).toEqual(['test/a'])
  })

  test.each([
    ['was red on the base and hidden on the head is not ours', ['old'], ['test/a']],
    ['nobody saw on the base is', [], undefined],
  ])('what a repair uncovers and %s', async (_title, hidden, strategies) => {
    const { observer } = world(['a'], { a: 'old' })
    const climbing = task(['a'], [fixer('a')])
    const failure = { ...climbing.failure, hidden: hidden.map(finding) }
    const { repair } = await climb({ ...climbing, failure, observer })
    expect(repair?.strategies).toEqual(strategies)
  })

  test('goes on to what the first repair uncovered', async () => {
    const red = ['a']
    const { observer } = world(red, { a: 'b' })
    const swap: Fixer = {
      ...fixer('a'),
      propose: ({ findings }) =>
        Promise.resolve(
          findings.some(({ subject }) => subject === 'a')
            ? [{ ...candidate('a'), patch: [...candidate('a').patch, ...candidate('b').patch] }]
            : [],
        ),
    }
    const { repair } = await climb({ ...task(red, [swap]), observer })
    expect(repair?.patch.map(({ path }) => path)).toEqual(['a', 'b'])
  })
})

import { expect, test } from 'vitest'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { StepContext } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'
import type { LadderPorts } from '#steps/propose-fix.ts'
import { verifyFix } from '#steps/verify-fix.ts'

const types: Check = {
  name: 'types',
  command: 'tsc',
  directory: '.',
  origin: 'package-script',
  before: [],
  invocations: [{ tool: 'tsc', argv: ['tsc'], directory: '.' }],
  mode: 'apply',
}

function observed(exitCode: number): Evidence {
  const message = 'Cannot find name'
  const finding = { tool: 'tsc', rule: 'TS2304', file: 'a.ts', line: 1, column: 1, subject: null }
  return {
    command: 'tsc',
    end: { kind: 'exited', exitCode },
    durationMs: 1,
    outputTail: '',
    findings: exitCode === 0 ? [] : [{ ...finding, tool: 'tsc', message }],
  }
}

const place = {
  mirror: { directory: '/m', origin: '/o', defaultBranch: 'main' },
  headSha: 'a'.repeat(40),
  baseSha: null,
  parentSha: null,
}

/** A tree whose type check turns green at the given observation, or never. */
function ports(greenAt: number) {
  let observations = 0
  const observe = () => {
    observations += 1
    return Promise.resolve(observed(observations >= greenAt ? 0 : 2))
  }
  const workspace: Workspace = {
    source: '/s',
    mounts: [],
    run: () => Promise.reject(new Error('not run')),
    read: () => 'x',
    files: () => [],
  }
  const all: LadderPorts = {
    repositories: { checkout: () => Promise.resolve('/s'), read: () => Promise.resolve(null) },
    dependencies: { install: () => Promise.resolve({ kind: 'none-declared' }) },
    workspaces: { open: () => workspace },
    observer: { observe, again: observe },
    fixers: [],
    tidy: (_request, patch) => Promise.resolve(patch),
    store: { saveEvidence: () => Promise.resolve(), append: () => Promise.resolve() },
  }
  return { all, count: () => observations }
}

function verify(all: LadderPorts) {
  const kind = verifyFix(all)
  const input = kind.input.parse({
    place,
    patch: [{ path: 'a.ts', content: 'fixed' }],
    repairs: [],
    failures: [],
    setAside: [],
    greens: [{ check: types, evidence: observed(0) }],
    configuration: null,
    rungs: [],
  })
  const context: StepContext = {
    runId: 'run_1',
    phase: 'fix',
    step: 'verify',
    attempt: 1,
    event: {
      kind: 'fix-requested',
      repository: '/o',
      ref: null,
      base: null,
      checks: [],
      taskId: 't',
      publish: true,
    },
    startedAt: new Date(0),
    signal: new AbortController().signal,
    note: () => undefined,
  }
  return kind.run(input, context)
}

test.each([
  [1, 'done'],
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

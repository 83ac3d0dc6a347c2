import { expect, test } from 'vitest'

import type { FlakeCase } from '#domain/flake-case.ts'

import { handled } from '../src/app-handlers.ts'
import { hubHandlers, type HubParts } from '../src/app-hub.ts'
import { memoryHosting } from './support/hosted-world.ts'
import { checksCompleted } from './support/hub-events.ts'
import { memoryLedger } from './support/ledger-world.ts'

const quiet: FlakeCase = {
  test: { check: 'test', file: null, title: 'adds' },
  issue: 7,
  isOpen: true,
}
const trunk = { sha: 'd'.repeat(40), branch: 'main', repositoryId: 11 }

async function completed(more: Partial<HubParts>, head = trunk, cases = [quiet]) {
  const { hosting, notices } = memoryHosting()
  const { ledger, toldOf } = memoryLedger({ cases })
  const parts: HubParts = {
    engine: {
      start: async () => undefined,
      signal: async () => undefined,
      cancel: async () => undefined,
    },
    stops: { of: async () => (more.enabled === false ? 'switched-off' : null) },
    ...ledger,
    hosting,
    startedBy: () => [],
    enabled: true,
    shadow: false,
    coder: false,
    webUrl: 'https://github.example',
    ...more,
  }
  await handled(checksCompleted({ head }), hubHandlers(parts))
  return { notices, toldOf }
}

test('checks that end on the default branch close the issue of a test that did not fail for two weeks', async () => {
  const { notices, toldOf } = await completed({})
  expect(notices).toMatchObject([{ issue: 7, state: 'closed' }])
  expect(toldOf).toEqual([{ ...quiet, isOpen: false }])
})

test.each<[string, Partial<HubParts>, typeof trunk, FlakeCase[]]>([
  ['where we are switched off', { enabled: false }, trunk, [quiet]],
  ['in shadow mode', { shadow: true }, trunk, [quiet]],
  ['on another branch', {}, { ...trunk, branch: 'topic' }, [quiet]],
  ['of an issue that is closed', {}, trunk, [{ ...quiet, isOpen: false }]],
  ['of a test that nobody was told of', {}, trunk, [{ ...quiet, issue: null, isOpen: false }]],
])('they close nothing %s', async (...[, more, head, cases]) => {
  expect(await completed(more, head, cases)).toEqual({ notices: [], toldOf: [] })
})

import { expect, test } from 'vitest'

import { admit, mayAsk } from '#policy/admission.ts'

import { checkFailed, hubPull } from '../support/hub-events.ts'

const known = { pull: null }

test('a red branch without a pull request is repaired as it is', () => {
  expect(admit(checkFailed(), known)).toEqual({
    kind: 'repair',
    target: {
      branch: 'topic',
      sha: 'b'.repeat(40),
      base: null,
      pullRequest: null,
      isFork: false,
    },
  })
})

test('a red pull request is repaired against its own branch, compared with its base', () => {
  const admission = admit(checkFailed({ pulls: [hubPull()] }), known)
  expect(admission).toMatchObject({
    kind: 'repair',
    target: { branch: 'topic', base: 'main', pullRequest: 5, isFork: false },
  })
})

test('a fork, of which GitHub names no branch, is known by its pull request', () => {
  const head = { sha: 'b'.repeat(40), branch: null, repositoryId: null }
  const pull = { number: 6, branch: 'auto-fix/mine', base: 'main', isFork: true }
  expect(admit(checkFailed({ head }), { ...known, pull })).toMatchObject({
    kind: 'repair',
    target: { branch: 'auto-fix/mine', pullRequest: 6, isFork: true },
  })
})

test.each([
  [
    'own-branch',
    checkFailed({ head: { sha: 'b'.repeat(40), branch: 'auto-fix/1-types', repositoryId: 11 } }),
    known,
  ],
  [
    'head-unknown',
    checkFailed({ head: { sha: 'b'.repeat(40), branch: null, repositoryId: null } }),
    known,
  ],
])('no run is started: %s', (because, event, facts) => {
  expect(admit(event, facts)).toEqual({ kind: 'ignored', because })
})

test.each([
  ['admin', true],
  ['maintain', true],
  ['write', true],
  ['triage', true],
  ['read', false],
  ['none', false],
  ['owner', false],
])('the role %s may ask: %s', (role, may) => {
  expect(mayAsk(role)).toBe(may)
})

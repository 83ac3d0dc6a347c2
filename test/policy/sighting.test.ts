import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import type { Sighting } from '#policy/bisection.ts'
import { confirmationsFor, sightingOf } from '#policy/sighting.ts'

import { findingOf, said } from '../support/fix-world.ts'

const target = findingOf('vitest', 'a.test.ts', 'adds up')
const other = findingOf('vitest', 'b.test.ts', 'subtracts')
const noScript = { ...findingOf('command', '', 'Missing script: "test"'), file: null }
// What it printed until then is not all of it.
const stopped: Evidence = { ...said(other), end: { kind: 'stopped', by: 'time' } }

test.each<[string, Finding, Evidence, Sighting]>([
  ['there', target, said(target), 'red'],
  ['there beside another', target, said(other, target), 'red'],
  ['on another line', target, said({ ...target, line: 99 }), 'red'],
  ['gone where all is green', target, said(), 'green'],
  ['gone where another test is red', target, said(other), 'green'],
  ['not to be seen where the command broke before it', target, said(noScript), 'unknown'],
  ['not to be seen where the command was stopped', target, stopped, 'unknown'],
  ['there where a command says the same', noScript, said(noScript), 'red'],
  ['not to be seen where a command says something else', noScript, said(other), 'unknown'],
])('a failure is %s', (...[, of, evidence, sighting]) => {
  expect(sightingOf(of, evidence)).toBe(sighting)
})

test('tests have to say it oftener than a type checker', () => {
  expect(confirmationsFor('jest')).toBeGreaterThan(confirmationsFor('tsc'))
})

import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import { classify } from '#steps/classify-failure.ts'

import { checkOf, findingOf, said } from '../support/fix-world.ts'

const check = checkOf('test', 'vitest')
const mine = findingOf('vitest', 'a.test.ts', 'mine')
const old = findingOf('vitest', 'b.test.ts', 'old')
const missing: Evidence = {
  ...said(findingOf('command', 'x', 'bun: command not found')),
  end: { kind: 'exited', exitCode: 127 },
}

test.each([
  ['red on the base too is not ours', said(old), 'all-pre-existing'],
  ['of a program that is not here says nothing', missing, 'not-reproducible'],
])('a check that is %s', (_title, evidence, reason) => {
  expect(classify({ check, evidence, base: evidence })).toMatchObject({
    kind: 'set-aside',
    setAside: { reason },
  })
})

test('what a tool says of the head counts for nothing where the command itself cannot run here', () => {
  const asked = { ...missing, findings: [findingOf('biome', 'a.ts', 'not formatted')] }

  expect(classify({ check, evidence: asked, base: missing })).toMatchObject({
    kind: 'set-aside',
    setAside: { reason: 'not-reproducible' },
  })
})

test('a program that only the head does not find may have been dropped, and is ours', () => {
  const { kind } = classify({ check, evidence: missing, base: said() })
  expect(kind).toBe('failure')
})

test('a failure is told apart from what was red before, seen on the head or hidden there', () => {
  const hidden = findingOf('vitest', 'c.test.ts', 'hidden')
  const classified = classify({ check, evidence: said(mine, old), base: said(old, hidden) })

  expect(classified).toMatchObject({
    kind: 'failure',
    failure: { targets: [mine], preExisting: [old], hidden: [hidden] },
  })
})

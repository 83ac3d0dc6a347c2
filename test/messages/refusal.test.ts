import { expect, test } from 'vitest'

import { failureReasons } from '#domain/outcome.ts'
import { discardReasons } from '#domain/verdict.ts'
import { discardMessage } from '#messages/discard.ts'
import { explanations } from '#messages/refusal.ts'

import { found } from '../support/observed.ts'

test.each(failureReasons)('%s is explained in full sentences', (reason) => {
  expect(explanations[reason].what).toMatch(/^[A-Z].+\.$/)
  expect(explanations[reason].remedy).toMatch(/^[A-Z].+\.$/)
})

test.each(discardReasons)('%s is explained in a full sentence', (reason) => {
  expect(discardMessage(reason, [])).toMatch(/^[A-Z].+\.$/)
})

test('a candidate that broke something is told with what it broke', () => {
  const broken = [found({ file: 'a.ts', line: 3, message: 'Cannot find name b' })]
  expect(discardMessage('something-new', broken)).toMatch(/: a\.ts:3 Cannot find name b\.$/)
})

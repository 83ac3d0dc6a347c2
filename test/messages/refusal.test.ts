import { expect, test } from 'vitest'

import { failureReasons } from '#domain/outcome.ts'
import { discardReasons } from '#domain/verdict.ts'
import { discardMessage } from '#messages/discard.ts'
import { explanations } from '#messages/refusal.ts'

test.each(failureReasons)('%s is explained in full sentences', (reason) => {
  expect(explanations[reason].what).toMatch(/^[A-Z].+\.$/)
  expect(explanations[reason].remedy).toMatch(/^[A-Z].+\.$/)
})

test.each(discardReasons)('%s is explained in a full sentence', (reason) => {
  expect(discardMessage(reason)).toMatch(/^[A-Z].+\.$/)
})

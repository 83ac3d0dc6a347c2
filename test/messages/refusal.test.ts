import { expect, test } from 'vitest'

import { failureReasons } from '#domain/outcome.ts'
import { discardReasons } from '#domain/verdict.ts'
import { discardMessage, refusalMessage } from '#messages/refusal.ts'

test.each(failureReasons)('%s is explained in full sentences', (reason) => {
  expect(refusalMessage(reason, '')).toMatch(/^[A-Z].+\. .+\.$/)
  expect(refusalMessage(reason, 'one\ntwo')).toContain('. (one two) ')
})

test.each(discardReasons)('%s is explained in a full sentence', (reason) => {
  expect(discardMessage(reason)).toMatch(/^[A-Z].+\.$/)
})

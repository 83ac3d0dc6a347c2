import { expect, test } from 'vitest'

import type { ToolId } from '#domain/finding.ts'
import { coderRefusal } from '#policy/coder-scope.ts'

import { findingOf } from '../support/fix-world.ts'

/** What a model may not write is tried through its tools, in test/adapters/coder/hostile.test.ts. */
test.each<[string, string, ToolId, 'may' | 'may not']>([
  ['code', 'src/sum.ts', 'vitest', 'may'],
  ['a document', 'docs/agents/how-to.md', 'vitest', 'may'],
  ['the test that a runner is red about', 'test/sum.test.ts', 'vitest', 'may not'],
  ['the test that some command is red about', 'test/sum.test.ts', 'command', 'may not'],
  ['a test that the compiler complains about', 'test/sum.test.ts', 'tsc', 'may'],
  ['another test than that', 'test/tax.test.ts', 'tsc', 'may not'],
  [
    'configuration, even where a linter complains about it',
    'eslint.config.js',
    'eslint',
    'may not',
  ],
])('%s: a coder %s', (...[, path, tool, answer]) => {
  const named = tool === 'eslint' ? 'eslint.config.js' : 'test/sum.test.ts'
  const findings = [findingOf(tool, named, 'red')]
  const because = coderRefusal(path, { findings, protectedPaths: [] })
  expect(because === null ? 'may' : 'may not').toBe(answer)
})

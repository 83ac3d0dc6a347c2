import { expect, test } from 'vitest'

import type { Candidate, FixRequest } from '#ports/fixer.ts'
import { sparingUnused } from '#steps/spare-unused.ts'

import { checkOf, findingOf } from '../support/fix-world.ts'

function candidate(strategy: string, path: string): Candidate {
  return { strategy, description: '', rootCause: '', patch: [{ path, content: '' }], risk: 'safe' }
}

const candidates = [
  candidate('types/import', 'a.ts'),
  candidate('types/unused', 'a.ts'),
  candidate('types/import', 'a.ts'),
  candidate('types/unused', 'b.ts'),
  candidate('lint/deletion', 'a.ts'),
  candidate('lint/eslint-fix', 'b.ts'),
]
const request: FixRequest = {
  workspace: {
    source: '/nowhere',
    mounts: [],
    run: () => Promise.reject(new Error('not run')),
    read: () => null,
    files: () => [],
  },
  check: checkOf('lint', 'eslint'),
  patch: [],
  findings: [],
  snapshotsAllowed: false,
  recipes: [],
  base: null,
}
const fixer = { propose: async (_request: FixRequest) => candidates }
const leaving = (...files: string[]) => [
  { climbed: { left: files.map((file) => findingOf('tsc', file, 'no return')) } },
]

test.each([
  ['nothing is left: all are proposed', leaving(), [0, 1, 2, 3, 4, 5]],
  ['a file is broken still: nothing is taken away in it', leaving('a.ts'), [0, 3, 5]],
  ['it is another file: all are proposed', leaving('c.ts'), [0, 1, 2, 3, 4, 5]],
])('where %s', async (_title, climbs, kept) => {
  const proposed = await sparingUnused(fixer, climbs).propose(request)
  expect(proposed).toEqual(kept.map((at) => candidates[at]))
})

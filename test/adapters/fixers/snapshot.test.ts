import { describe, expect, test } from 'vitest'

import { snapshot } from '#adapters/fixers/snapshot.ts'
import { isGreen } from '#domain/evidence.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const stale = `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`greets 1\`] = \`"hello"\`;
`
const snapshotTest = `import { expect, test } from 'vitest'
test('greets', () => { expect('hi').toMatchSnapshot() })
test('greets inline', () => { expect('hi').toMatchInlineSnapshot(\`"hello"\`) })
`
const failingTest = `${snapshotTest}test('adds', () => { expect(1).toBe(2) })\n`
const check = checkOf(['vitest', 'vitest run'])

function project(test: string) {
  return toolProject({
    'package.json': '{"type":"module"}\n',
    'a.test.js': test,
    '__snapshots__/a.test.js.snap': stale,
  })
}

describe('stale snapshots', () => {
  test('are written anew where that is all that failed, for a human to look at', async () => {
    const request = await requestFor(project(snapshotTest), check, { snapshotsAllowed: true })

    const candidates = await proposals(snapshot, request)

    expect(candidates.map(({ risk, patch }) => [risk, patch.map(({ path }) => path)])).toEqual([
      ['review', ['__snapshots__/a.test.js.snap', 'a.test.js']],
    ])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })

  test.each([
    ['the owner did not ask for it', snapshotTest, false],
    ['another test of the file failed for a reason of its own', failingTest, true],
  ] as const)('stay as they are when %s', async (_title, code, snapshotsAllowed) => {
    const request = await requestFor(project(code), check, { snapshotsAllowed })

    expect(request.findings.map(({ rule }) => rule)).toContain('snapshot')
    expect(await proposals(snapshot, request)).toEqual([])
  })

  test('of jest are written anew too', async () => {
    const jestTest = "test('greets', () => { expect('hi').toMatchSnapshot() })\n"
    const workspace = toolProject({
      'package.json': '{"type":"commonjs"}\n',
      'a.test.js': jestTest,
      '__snapshots__/a.test.js.snap': stale.replace(
        'Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html',
        'Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing',
      ),
    })
    const request = await requestFor(workspace, checkOf(['jest', 'jest']), {
      snapshotsAllowed: true,
    })

    const candidates = await proposals(snapshot, request)

    expect(candidates.flatMap(({ patch }) => patch.map(({ path }) => path))).toEqual([
      '__snapshots__/a.test.js.snap',
    ])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })
})

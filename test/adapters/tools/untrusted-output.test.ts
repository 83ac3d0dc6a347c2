import { describe, expect, test } from 'vitest'

import { tools } from '#adapters/tools/tools.ts'
import { toolIds } from '#domain/finding.ts'

const end = { kind: 'exited', exitCode: 1 } as const

/** What a repository may print to fool, stop or slow a parser (fixers.md A7, 24 and 39). */
const hostile: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a report cut short', '{"numTotalTests":3,"testResults":[{"name":"/w/a'],
  ['a report of another shape', '[{"filePath":5,"messages":"x"}]'],
  ['JSON that nests deeply', '['.repeat(100_000)],
  ['one line of a million characters', `src/${'a'.repeat(1_000_000)}(1,1): error TS1: x`],
  ['a line of spaces', ' '.repeat(1_000_000)],
  ['unfinished colour codes', '\u001B]8;;'.repeat(100_000)],
  ['a million dots behind a header', `FAIL ${'a.'.repeat(500_000)}\n  ● x\n`],
  ['many headers', ` FAIL  a.test.ts > x\n`.repeat(10_000)],
  [
    'failed tests without end',
    `${'▶ a\n  ✖ b (1ms)\n'.repeat(20_000)}✖ failing tests:\n${'test at a:1:1\n✖ b (1ms)\n'.repeat(20_000)}`,
  ],
  ['a mark and a million spaces', `✖${' '.repeat(1_000_000)}\n✖ failing tests:\n`],
  ['numbers beyond all bounds', 'a.ts(99999999999999999999,1): error TS2322: x\n'],
  [
    'missing packages without end',
    `npm error code EUSAGE\nnpm error Missing: ${'a'.repeat(500_000)}`,
  ],
  ['frames without end', `  x eslint(a): b\n${'  continued\n'.repeat(100_000)}`],
]

describe.each(hostile)('output with %s', (_title, text) => {
  test.each(toolIds)('is read by %s without a throw and in no time', (id) => {
    const invocation = { tool: id, argv: [id], directory: '.' }
    const begun = performance.now()

    for (const printed of [
      { stdout: text, stderr: '', report: null, end, root: '/w' },
      { stdout: '', stderr: text, report: text, end, root: '/w' },
    ]) {
      const findings = tools[id].parse(printed, invocation)
      tools[id].plain?.(printed, invocation)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.every(({ message }) => message.length <= 500)).toBe(true)
    }

    expect(performance.now() - begun).toBeLessThan(3000)
  })
})

test.each([
  ['tsc', '../../../etc/passwd(1,1): error TS1005: x\n'],
  ['tsc', '/etc/passwd(1,1): error TS1005: x\n'],
  ['prettier', '[warn] /etc/passwd\n[warn] Code style issues found in the above file.\n'],
] as const)('a path outside of the root that %s prints is no file of ours', (id, stdout) => {
  const printed = { stdout, stderr: '', report: null, end, root: '/w' }

  const findings = tools[id].parse(printed, { tool: id, argv: [id], directory: '.' })

  expect(findings.map(({ file }) => file)).toEqual([null])
})

test('a path is told from the directory that the tool ran in', () => {
  const stdout = 'src/a.ts(1,1): error TS1005: x\n../two/b.ts(2,3): error TS1005: y\n'
  const printed = { stdout, stderr: '', report: null, end, root: '/w' }

  const findings = tools.tsc.parse(printed, {
    tool: 'tsc',
    argv: ['tsc'],
    directory: 'packages/one',
  })

  expect(findings.map(({ file, line }) => [file, line])).toEqual([
    ['packages/one/src/a.ts', 1],
    ['packages/two/b.ts', 2],
  ])
})

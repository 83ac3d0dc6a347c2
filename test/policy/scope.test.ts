import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { outsideScope } from '#policy/scope.ts'

const file = (path: string, after: string | null = 'b') => ({ path, before: 'a', after })
const scope = (...declared: string[]) => ({ declared, protectedPaths: [], lockfiles: false })

test.each([
  ['undeclared-file', 'src/b.ts'],
  ['protected-file', '.github/workflows/ci.yml'],
  ['protected-file', '.github/goalkeeper.yml'],
  ['protected-file', '.ci/run'],
  ['protected-file', '.husky/pre-commit'],
  ['protected-file', 'docs/CODEOWNERS'],
  ['protected-file', '.git/config'],
  ['protected-file', 'packages/a/.GIT/hooks/pre-commit'],
  ['protected-file', '.gitattributes'],
  ['protected-file', '.gitmodules'],
  ['protected-file', 'node_modules/a/index.js'],
  ['protected-file', 'packages/a/node_modules/a/index.js'],
  ['protected-file', '.npmrc'],
  ['protected-file', '.pnpmfile.cjs'],
  ['protected-file', 'packages/a/.env.local'],
  ['unsafe-path', '../outside.ts'],
  ['unsafe-path', 'src/../../a.ts'],
  ['unsafe-path', '/etc/passwd'],
  ['unsafe-path', 'C:/windows'],
  ['unsafe-path', '-rf'],
  ['unsafe-path', 'src\\a.ts'],
  ['unsafe-path', 'src/a\n.ts'],
  ['unsafe-path', 'src/a\u202Est.exe'],
  ['unsafe-path', 'src//a.ts'],
  ['unsafe-path', 'a'.repeat(300)],
  ['lockfile-alone', 'package-lock.json'],
])('%s: %j', (rule, path) => {
  const declared = rule === 'undeclared-file' ? [] : [path]

  expect(outsideScope([file(path)], scope(...declared)).map((refusal) => refusal.rule)).toEqual([
    rule,
  ])
})

test('a declared file is inside, deleted or not', () => {
  expect(
    outsideScope([file('src/a.ts'), file('src/b.ts', null)], scope('src/a.ts', 'src/b.ts')),
  ).toEqual([])
})

test('the configuration can protect more', () => {
  const refusals = outsideScope([file('src/generated/a.ts')], {
    ...scope('src/generated/a.ts'),
    protectedPaths: ['src/generated/**'],
  })

  expect(refusals).toEqual([
    {
      rule: 'protected-file',
      file: 'src/generated/a.ts',
      line: null,
      what: 'The file is protected; no fix may touch it.',
    },
  ])
})

test('a lockfile may change with its manifest or on its own rung', () => {
  const both = [file('pnpm-lock.yaml'), file('package.json')]

  expect(outsideScope(both, scope('pnpm-lock.yaml', 'package.json'))).toEqual([])
  expect(outsideScope([file('yarn.lock')], { ...scope('yarn.lock'), lockfiles: true })).toEqual([])
})

test.each(['a\0b', 'a\uFFFDb'])('what is not text is refused', (text) => {
  expect(outsideScope([file('src/a.ts', text)], scope('src/a.ts'))[0]?.rule).toBe('binary-file')
})

test('no path leads out of the repository', () => {
  assert(
    property(string({ unit: 'binary' }), string(), (a, b) => {
      const paths = [`../${a}`, `${a}/../${b}`, `/${a}`, `${a}/.git/${b}`, `${a}/./${b}`]

      expect(
        outsideScope(
          paths.map((path) => file(path)),
          scope(...paths),
        ),
      ).toHaveLength(paths.length)
    }),
  )
})

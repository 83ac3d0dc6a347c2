import type { GitRepository } from './git-repository.ts'

/** A library without dependencies whose tests are its own: sums and differences, each in a file with its test. */
export function commitSums(repository: GitRepository): string {
  repository.write(
    'package.json',
    JSON.stringify({ name: 'sums', type: 'module', scripts: { test: 'node --test' } }),
  )
  repository.write('sum.js', right.sum)
  repository.write('difference.js', right.difference)
  repository.write('sum.test.js', testOf('sum', 'sum(2, 1)', 3))
  repository.write('difference.test.js', testOf('difference', 'difference(2, 1)', 1))
  return repository.commit('feat: sums and differences')
}

const right = {
  sum: 'export const sum = (a, b) => a + b\n',
  difference: 'export const difference = (a, b) => a - b\n',
}

export const wrong = {
  sum: 'export const sum = (a, b) => a * b\n',
  difference: 'export const difference = (a, b) => b - a\n',
}

/** Commits that have nothing to do with anything. */
export function idle(repository: GitRepository, from: number, to: number): void {
  for (let number = from; number <= to; number += 1) {
    repository.write(`notes/${number}.md`, `note ${number}\n`)
    repository.commit(`docs: note ${number}`)
  }
}

export function testOf(name: string, call: string, is: number): string {
  return [
    "import assert from 'node:assert/strict'",
    "import { test } from 'node:test'",
    `import { ${name} } from './${name}.js'`,
    `test('${name}', () => assert.equal(${call}, ${is}))`,
    '',
  ].join('\n')
}

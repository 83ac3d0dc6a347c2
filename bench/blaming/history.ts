import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { git } from '../proving/shell.ts'

/** A repository that is written commit by commit, with four functions that can each be broken by themselves. */
export interface History {
  readonly directory: string
  /** A commit that has nothing to do with any test. */
  idle(): Promise<string>
  /** A commit that breaks a function, perhaps among other changes. */
  break(name: Part, beside?: number): Promise<string>
  /** A commit that makes a function right again. */
  mend(name: Part): Promise<string>
  /** A commit from which on a function is right every other time, by chance. */
  gamble(name: Part): Promise<string>
  /** A branch that is merged with a merge commit; answers that commit. */
  merge(work: () => Promise<unknown>): Promise<string>
}

export const parts = ['sum', 'difference', 'product', 'square'] as const
export type Part = (typeof parts)[number]

const right: Record<Part, string> = {
  sum: '(a, b) => a + b',
  difference: '(a, b) => a - b',
  product: '(a, b) => a * b',
  square: '(a) => a * a',
}
const wrong: Record<Part, string> = {
  sum: '(a, b) => a * b',
  difference: '(a, b) => b - a',
  product: '(a, b) => a + b',
  square: '(a) => a + a + 1',
}
const asked: Record<Part, string> = {
  sum: 'sum(3, 5), 8',
  difference: 'difference(5, 3), 2',
  product: 'product(3, 5), 15',
  square: 'square(3), 9',
}

/** A first commit, green, on `main`. */
export async function newHistory(directory: string): Promise<History> {
  rmSync(directory, { recursive: true, force: true })
  let number = 0
  let topics = 0
  write(
    'package.json',
    '{ "name": "parts", "type": "module", "scripts": { "test": "node --test" } }\n',
  )
  for (const name of parts) {
    write(`src/${name}.js`, moduleOf(name, right[name]))
    write(`test/${name}.test.js`, testOf(name))
  }
  await git(directory, 'init', '-q', '-b', 'main')
  await commit('feat: parts')
  return {
    directory,
    idle,
    async break(name, beside = 0) {
      for (let each = 0; each < beside; each += 1) note()
      write(`src/${name}.js`, moduleOf(name, wrong[name]))
      return commit(`feat: another ${name}`)
    },
    async mend(name) {
      write(`src/${name}.js`, moduleOf(name, right[name]))
      return commit(`fix: ${name} as it was`)
    },
    async gamble(name) {
      write(
        `src/${name}.js`,
        moduleOf(name, `(...of) => Math.random() < 0.5 ? 0 : (${right[name]})(...of)`),
      )
      return commit(`feat: a daring ${name}`)
    },
    async merge(work) {
      topics += 1
      await git(directory, 'checkout', '-q', '-b', `topic-${topics}`)
      await work()
      await git(directory, 'checkout', '-q', 'main')
      await git(
        directory,
        'merge',
        '-q',
        '--no-ff',
        '-m',
        `merge topic ${topics}`,
        `topic-${topics}`,
      )
      return git(directory, 'rev-parse', 'HEAD')
    },
  }

  async function idle(): Promise<string> {
    note()
    return commit(`docs: note ${number}`)
  }

  function note(): void {
    number += 1
    write(`notes/${number}.md`, `note ${number}\n`)
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }

  async function commit(message: string): Promise<string> {
    await git(directory, 'add', '-A')
    await git(directory, 'commit', '-q', '--no-verify', '-m', message)
    return git(directory, 'rev-parse', 'HEAD')
  }
}

function moduleOf(name: Part, body: string): string {
  return `export const ${name} = ${body}\n`
}

function testOf(name: Part): string {
  return [
    "import assert from 'node:assert/strict'",
    "import { test } from 'node:test'",
    `import { ${name} } from '../src/${name}.js'`,
    `test('${name}', () => assert.equal(${asked[name]}))`,
    '',
  ].join('\n')
}

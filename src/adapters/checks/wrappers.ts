import { programName } from './known-tools.ts'

/** The call without what only prepares it: assignments, `cross-env`, `npx`, coverage and the like. */
export function unwrapped(argv: readonly string[]): readonly string[] {
  let rest = argv
  for (let left = 10; left > 0; left -= 1) {
    const inner = inside(rest)
    if (inner === null) return rest
    rest = inner
  }
  return rest
}

/** One layer less, or null when there is none. */
function inside(argv: readonly string[]): readonly string[] | null {
  const [program = '', ...rest] = argv
  if (isAssignment(program)) return rest
  const name = programName(program)
  if (assigning.has(name)) return afterFlags(rest.filter((_, at) => !isLeadingAssignment(rest, at)))
  if (fetching.has(name)) return afterFlags(rest)
  if (covering.has(name)) return fromKnown(rest)
  // `node node_modules/eslint/bin/eslint.js src`
  if (name === 'node' && /(?:^|\/)node_modules\/.*\.(?:c|m)?js$/.test(rest[0] ?? '')) return rest
  return null
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word)
}

function isLeadingAssignment(words: readonly string[], at: number): boolean {
  return words.slice(0, at + 1).every(isAssignment)
}

const assigning = new Set([
  'cross-env',
  'cross-env-shell',
  'env',
  'time',
  'nice',
  'exec',
  'command',
])
const fetching = new Set(['npx', 'pnpx', 'bunx', 'dotenv', 'dotenvx', 'dotenv-cli'])
const covering = new Set(['c8', 'nyc'])
const valued = new Set(['-p', '--package', '-e', '-f', '--env-file', '-n'])

/** What stands behind the wrapper's own flags. */
function afterFlags(words: readonly string[]): readonly string[] | null {
  let at = 0
  while (at < words.length) {
    const word = words[at] ?? ''
    if (word === '--') return nonEmpty(words.slice(at + 1))
    if (!word.startsWith('-')) return nonEmpty(words.slice(at))
    at += valued.has(word) ? 2 : 1
  }
  return null
}

/** Coverage tools take many flags with values: look for the program they run. */
function fromKnown(words: readonly string[]): readonly string[] | null {
  const at = words.findIndex((word) => runners.has(programName(word)))
  return at === -1 ? null : words.slice(at)
}

const runners = new Set('node tsx vitest jest mocha ava npm pnpm yarn npx'.split(' '))

function nonEmpty(words: readonly string[]): readonly string[] | null {
  return words.length === 0 ? null : words
}

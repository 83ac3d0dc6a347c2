/** Which packages a call is about. */
export type Where =
  | { readonly kind: 'here' }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'workspaces'; readonly matching: readonly string[] | null }

export interface Flagged {
  /** The call without the manager's own flags. */
  readonly words: readonly string[]
  readonly where: Where
}

/** Takes a package manager's own flags out of a call, and reads those that say which packages are meant. */
export function readFlags(program: string, args: readonly string[]): Flagged {
  if (program === 'yarn' && args[0] === 'workspace') {
    return { words: args.slice(2), where: { kind: 'workspaces', matching: [args[1] ?? ''] } }
  }
  if (program === 'yarn' && args[0] === 'workspaces') {
    const words = args.slice(1).filter((each) => each !== 'foreach' && !each.startsWith('-'))
    return { words, where: { kind: 'workspaces', matching: null } }
  }
  const reading: Reading = { words: [], matching: [], where: { kind: 'here' } }
  let rest = args
  while (rest.length > 0 && !isPast(program, reading.words, rest[0] ?? '')) {
    rest = rest.slice(take(program, rest, reading))
  }
  const { matching, where } = reading
  return {
    words: [...reading.words, ...rest],
    where: matching.length > 0 ? { kind: 'workspaces', matching } : where,
  }
}

interface Reading {
  words: string[]
  matching: string[]
  where: Where
}

/** npm reads its flags up to `--`; the others up to the name of the script or program. */
function isPast(program: string, words: readonly string[], next: string): boolean {
  if (next === '--') return true
  if (program === 'npm') return false
  return words.some((word) => !leading.has(word))
}

const leading = new Set(['run', 'run-script', 'exec', 'x', 'dlx'])

/** Reads one flag or word; answers how many arguments it took. */
function take(program: string, rest: readonly string[], reading: Reading): number {
  const word = rest[0] ?? ''
  if (!word.startsWith('-')) {
    reading.words.push(word)
    return 1
  }
  const [flag = '', inline] = word.split(/=(.*)/s)
  const value = inline ?? rest[1] ?? ''
  return apply(meaningOf(program, flag), value, reading) && inline === undefined ? 2 : 1
}

/** Answers whether the flag had a value. */
function apply(meaning: Meaning, value: string, reading: Reading): boolean {
  reading.where = whereOf(meaning, value) ?? reading.where
  if (meaning === 'some') reading.matching.push(value)
  return meaning === 'some' || meaning === 'directory'
}

function whereOf(meaning: Meaning, value: string): Where | null {
  switch (meaning) {
    case 'everywhere':
      return { kind: 'workspaces', matching: null }
    case 'root':
      return { kind: 'directory', path: '.' }
    case 'directory':
      return { kind: 'directory', path: value }
    case 'some':
    case 'nothing':
      return null
  }
}

type Meaning = 'everywhere' | 'some' | 'directory' | 'root' | 'nothing'

function meaningOf(program: string, flag: string): Meaning {
  return meanings[program]?.[flag] ?? (placing.has(flag) ? 'directory' : 'nothing')
}

const placing = new Set(['--prefix', '-C', '--dir', '--cwd'])

const meanings: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  npm: { '--workspaces': 'everywhere', '-ws': 'everywhere', '-w': 'some', '--workspace': 'some' },
  pnpm: {
    '-r': 'everywhere',
    '--recursive': 'everywhere',
    '--filter': 'some',
    '-F': 'some',
    '-w': 'root',
    '--workspace-root': 'root',
  },
  bun: { '--filter': 'some', '-F': 'some' },
}

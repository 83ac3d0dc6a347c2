import { programName } from './known-tools.ts'

/** Scripts of one name in several packages, as a runner of tasks starts them. */
export interface Tasks {
  readonly names: readonly string[]
  /** Filters of packages; null: all of them. */
  readonly matching: readonly string[] | null
  /** What each script is handed on. */
  readonly args: readonly string[]
}

/** What `turbo run`, `nx run-many` or `lerna run` start; null for any other call. */
export function tasksOf(argv: readonly string[]): Tasks | null {
  const [program = '', ...args] = argv
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const found = namedBy(programName(program), args.slice(0, end))
  return found === null ? null : { ...found, args: args.slice(end + 1) }
}

type Named = Omit<Tasks, 'args'>

function namedBy(program: string, args: readonly string[]): Named | null {
  const [verb, ...rest] = args
  switch (program) {
    case 'turbo':
      return tasks(verb === 'run' ? rest : args, ['--filter', '-F'])
    case 'lerna':
      return verb === 'run' ? tasks(rest, ['--scope']) : null
    case 'nx':
      return verb === 'run-many' ? manyOf(rest) : null
    default:
      return null
  }
}

function tasks(args: readonly string[], filters: readonly string[]): Named | null {
  const { words, values } = read(args, new Set([...filters, ...valued]))
  const matching = filters.flatMap((flag) => values.get(flag) ?? [])
  if (words.length === 0) return null
  return { names: words, matching: matching.length === 0 ? null : matching }
}

/** `nx run-many -t lint test -p a,b` */
function manyOf(args: readonly string[]): Named | null {
  const { words, values } = read(args, new Set([...targets, ...projects, ...valued]))
  const listed = (flags: readonly string[]): string[] =>
    flags.flatMap((flag) => values.get(flag) ?? []).flatMap((each) => each.split(','))
  const names = listed(targets)
  // Behind `-t a` more words are more targets.
  if (names.length === 0) return null
  const matching = listed(projects)
  return { names: [...names, ...words], matching: matching.length === 0 ? null : matching }
}

const targets = ['-t', '--target', '--targets']
const projects = ['-p', '--projects']
const valued = [
  '--concurrency',
  '--output-logs',
  '--log-order',
  '--cache-dir',
  '--parallel',
  '--env-mode',
  '--ui',
  '--root-turbo-json',
]

function read(args: readonly string[], withValue: ReadonlySet<string>) {
  const words: string[] = []
  const values = new Map<string, string[]>()
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? ''
    const [flag = '', inline] = word.split(/=(.*)/s)
    if (!word.startsWith('-')) words.push(word)
    else if (withValue.has(flag)) {
      values.set(flag, [...(values.get(flag) ?? []), inline ?? args[at + 1] ?? ''])
      if (inline === undefined) at += 1
    }
  }
  return { words, values }
}

import { programName } from './known-tools.ts'

/** One script that a runner of several scripts would start, or a whole command of it. */
export type Started =
  | { readonly kind: 'script'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'command'; readonly command: string }

/** What `run-s`, `run-p`, `npm-run-all` or `concurrently` start; null for any other program. */
export function startedBy(
  argv: readonly string[],
  scripts: readonly string[],
): readonly Started[] | null {
  const [program = '', ...args] = argv
  const name = programName(program)
  if (runAll.has(name)) return words(args, runAllValued).flatMap((each) => matching(each, scripts))
  if (name !== 'concurrently' && name !== 'conc') return null
  return words(args, concurrentlyValued).flatMap((each) => {
    const short = /^(?:npm|pnpm|yarn|bun):(.+)$/.exec(each)?.[1]
    return short === undefined
      ? [{ kind: 'command' as const, command: each }]
      : matching(short, scripts)
  })
}

/**
 * `pnpm run "/^build:/"` starts every script whose name fits; any other name is a script's own. The pattern is the
 * repository's, and runs in our own process: only one that can be matched in a straight line is taken as one.
 */
export function scriptsNamed(name: string, scripts: readonly string[]): readonly string[] {
  const pattern = straight.exec(name)?.[1] ?? ''
  const wanted = pattern === '' ? null : new RegExp(pattern)
  const fitting = wanted === null ? [] : scripts.filter((each) => wanted.test(each))
  return fitting.length === 0 ? [name] : fitting
}

// Words, a choice of words, and one gap in between: /^build:.*/, /^lint:(es|fmt)$/
const straight = /^\/(\^?(?:[\w:-]|\([\w:|-]+\))*(?:\.\*(?:[\w:-]|\([\w:|-]+\))*)?\$?)\/$/

const runAll = new Set(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2', 'run-z'])
const runAllValued = new Set(['--max-parallel', '--npm-path'])
const concurrentlyValued = new Set(
  '-n,--names,-c,--prefix-colors,-p,--prefix,-m,--max-processes,-s,--success'.split(','),
)

function words(args: readonly string[], valued: ReadonlySet<string>): readonly string[] {
  return args.filter((each, at) => !each.startsWith('-') && !valued.has(args[at - 1] ?? ''))
}

/** `lint:*` is one level deep, `lint:**` any; `test -- x` hands on arguments. */
function matching(pattern: string, scripts: readonly string[]): readonly Started[] {
  const [name = '', ...rest] = pattern.split(' ')
  const args = rest.filter((each) => each !== '--')
  if (!name.includes('*')) return [{ kind: 'script', name, args }]
  const expression = name
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('**', '\0')
    .replaceAll('*', '[^:]*')
    .replaceAll('\0', '.*')
  const wanted = new RegExp(`^${expression}$`)
  return scripts
    .filter((each) => wanted.test(each))
    .map((each) => ({ kind: 'script', name: each, args }))
}

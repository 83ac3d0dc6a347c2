import { programName } from './known-tools.ts'

/** Whether a program call changes files instead of judging them. */
export function writes(argv: readonly string[]): boolean {
  const rule = rules[programName(argv[0] ?? '')]
  return rule?.writes(argv.slice(1)) ?? false
}

/** The same call as a judgement that changes nothing; null when there is none. */
export function checkingForm(argv: readonly string[]): readonly string[] | null {
  const [program = '', ...args] = argv
  const rule = rules[programName(program)]
  if (rule === undefined || !rule.writes(args)) return argv
  const checking = rule.checking(args)
  return checking === null ? null : [program, ...checking]
}

interface Rule {
  readonly writes: (args: readonly string[]) => boolean
  readonly checking: (args: readonly string[]) => readonly string[] | null
}

const fixes = withFlags(['--fix', '--fix-dry-run', '--fix-suggestions', '--fix-dangerously'], [])

const rules: Readonly<Record<string, Rule>> = {
  prettier: withFlags(['--write', '-w'], ['--check']),
  eslint: fixes,
  eslint_d: fixes,
  oxlint: fixes,
  xo: fixes,
  standard: fixes,
  semistandard: fixes,
  'ts-standard': fixes,
  knip: withFlags(['--fix', '--fix-type', '--allow-remove-files'], []),
  vitest: withFlags(['-u', '--update', '--watch', '-w'], []),
  jest: withFlags(['-u', '--updateSnapshot', '--watch', '--watchAll'], []),
  tsc: withFlags(['--watch', '-w'], []),
  biome: withFlags(['--write', '--apply', '--fix', '--unsafe', '--apply-unsafe'], []),
  // oxfmt and dprint write unless they are told not to.
  oxfmt: {
    writes: (args) => !args.some((each) => ['--check', '--list-different'].includes(each)),
    checking: (args) => ['--check', ...args.filter((each) => each !== '--write')],
  },
  dprint: {
    writes: (args) => args[0] === 'fmt',
    checking: (args) => ['check', ...args.slice(1)],
  },
  'sort-package-json': {
    writes: (args) => !args.includes('--check'),
    checking: (args) => ['--check', ...args],
  },
}

function withFlags(writing: readonly string[], checking: readonly string[]): Rule {
  const isWriting = (each: string): boolean => writing.includes(each.split('=')[0] ?? each)
  return {
    writes: (args) => args.some(isWriting),
    checking: (args) => {
      const kept = args.filter((each) => !isWriting(each))
      return [...checking.filter((each) => !kept.includes(each)), ...kept]
    },
  }
}

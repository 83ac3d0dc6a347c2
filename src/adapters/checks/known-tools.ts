import type { ToolId } from '#domain/finding.ts'

/** The tool whose findings we can read behind a program call, or null. */
export function toolOf(argv: readonly string[]): ToolId | null {
  const [program, ...args] = argv
  const name = programName(program ?? '')
  if (name === 'node' || name === 'tsx')
    return args.some((each) => each === '--test') ? 'node-test' : null
  if (args.some((each) => unread.has(each))) return null
  return readers[name]?.(args) ?? null
}

/** `./node_modules/.bin/eslint` and `node_modules/eslint/bin/eslint.js` are eslint. */
export function programName(program: string): string {
  const base = program.split('/').at(-1) ?? program
  return base.replace(/\.(?:c|m)?js$/, '')
}

/** With these a tool does not do its check at all. */
const unread = new Set([
  '--version',
  '-v',
  '--help',
  '-h',
  '--init',
  '--showConfig',
  '--print-config',
])

const always =
  (tool: ToolId) =>
  (_args: readonly string[]): ToolId =>
    tool

const readers: Readonly<Record<string, (args: readonly string[]) => ToolId | null>> = {
  tsc: always('tsc'),
  tsgo: always('tsc'),
  'vue-tsc': always('tsc'),
  eslint: always('eslint'),
  eslint_d: always('eslint'),
  oxlint: always('oxlint'),
  xo: always('xo'),
  standard: always('standard'),
  semistandard: always('standard'),
  'ts-standard': always('standard'),
  prettier: always('prettier'),
  oxfmt: always('oxfmt'),
  knip: always('knip'),
  jest: always('jest'),
  mocha: always('mocha'),
  ava: always('ava'),
  biome: (args) => (['check', 'lint', 'format', 'ci'].includes(args[0] ?? '') ? 'biome' : null),
  vitest: (args) =>
    ['bench', 'list', 'init', 'typecheck'].includes(args[0] ?? '') ? null : 'vitest',
}

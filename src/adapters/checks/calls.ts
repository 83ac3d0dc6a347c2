import { readFlags } from './manager-flags.ts'
import type { Where } from './manager-flags.ts'

/** What a package manager was asked to do. */
export type Call =
  | {
      readonly kind: 'script'
      readonly name: string
      readonly args: readonly string[]
      readonly where: Where
    }
  | { readonly kind: 'exec'; readonly argv: readonly string[]; readonly where: Where }
  /** Installs, publishes and so on: nothing that judges code. */
  | { readonly kind: 'other' }

/** Reads a call of npm, pnpm, yarn or bun; `isScript` knows the scripts of the package it starts in. */
export function callOf(argv: readonly string[], isScript: (name: string) => boolean): Call | null {
  const [program = '', ...rest] = argv
  if (!managers.has(program)) return null
  const { words, where } = readFlags(program, rest)
  const [verb = '', ...args] = words
  const script = scriptCall(program, { verb, args }, isScript)
  if (script !== null) return { kind: 'script', ...script, where }
  const inner = execCall(program, verb, args)
  return inner === null ? { kind: 'other' } : { kind: 'exec', argv: inner, where }
}

const managers = new Set(['npm', 'pnpm', 'yarn', 'bun'])
const runVerbs = new Set(['run', 'run-script', 'rum', 'urn'])
const testVerbs = new Set(['test', 't', 'tst'])
const execVerbs = new Set(['exec', 'x', 'dlx'])

interface Words {
  readonly verb: string
  readonly args: readonly string[]
}

function scriptCall(
  program: string,
  { verb, args }: Words,
  isScript: (name: string) => boolean,
): { readonly name: string; readonly args: readonly string[] } | null {
  if (runVerbs.has(verb)) {
    const [name, ...rest] = args
    return name === undefined ? null : { name, args: passed(program, rest) }
  }
  // `bun test` is bun's own runner, not the script.
  if (program === 'bun' && verb === 'test') return null
  if (testVerbs.has(verb)) return { name: 'test', args: passed(program, args) }
  const short = program !== 'npm' && isScript(verb)
  return short ? { name: verb, args: passed(program, args) } : null
}

/** npm hands on what follows `--`; the others hand on everything. */
function passed(program: string, args: readonly string[]): readonly string[] {
  const at = args.indexOf('--')
  if (program === 'npm') return at === -1 ? args : [...args.slice(0, at), ...args.slice(at + 1)]
  return at === 0 ? args.slice(1) : args
}

function execCall(
  program: string,
  verb: string,
  args: readonly string[],
): readonly string[] | null {
  if (execVerbs.has(verb)) return args[0] === '--' ? args.slice(1) : args
  // pnpm and yarn run an installed program by its bare name.
  const bare = (program === 'pnpm' || program === 'yarn') && !ownVerbs.has(verb) && verb !== ''
  return bare ? [verb, ...args] : null
}

const ownVerbs = new Set(
  'add,audit,cache,config,constraints,create,dedupe,deploy,fetch,help,i,import,info,init,install,link,list,ls,outdated,pack,patch,plugin,prune,publish,rebuild,remove,rm,set,setup,store,unlink,unplug,up,update,upgrade,version,why,workspace,workspaces'.split(
    ',',
  ),
)

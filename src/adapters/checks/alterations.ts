import { statementsOf } from './shell.ts'
import { unwrapped } from './wrappers.ts'

/**
 * Whether a step's script makes another tree of the commit's: edits files in place, or brings other versions of packages
 * in, as a matrix over versions does. What a job judges after that is not the commit as it is.
 */
export function altersTheTree(script: string): boolean {
  return statementsOf(script).some((each) => each.kind === 'simple' && alters(unwrapped(each.argv)))
}

function alters(argv: readonly string[]): boolean {
  const [program = '', verb = '', ...rest] = argv
  if (program === 'sed') return argv.some((word) => /^(?:-[a-z]*i|--in-place)/.test(word))
  if (!managers.has(program)) return false
  if (program === 'npm' && verb === 'pkg') return rest[0] === 'set'
  const named = rest.filter((word) => !word.startsWith('-'))
  return adding.has(verb) && !rest.some((word) => global.has(word)) && named.some(isAnother)
}

const managers = new Set(['npm', 'pnpm', 'yarn', 'bun'])
const adding = new Set(['add', 'i', 'install', 'up', 'upgrade', 'update'])
const global = new Set(['-g', '--global'])

/** `react@18`, or a version that the matrix gives: not what the lockfile says. */
function isAnother(word: string): boolean {
  return /.@/.test(word) || word.includes('$')
}

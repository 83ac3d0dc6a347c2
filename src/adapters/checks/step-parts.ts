import { callOf } from './calls.ts'
import { programName } from './known-tools.ts'
import { linesOf, statementsOf } from './shell.ts'
import { unwrapped } from './wrappers.ts'

/** What is left of a step's script when everything that we do ourselves, or that judges nothing, is taken out. */
export type Work =
  | { readonly kind: 'nothing' }
  /** Commands that may be judged one by one. */
  | { readonly kind: 'parts'; readonly parts: readonly string[] }
  /** A script that only makes sense whole. */
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'unclear'; readonly because: string }

/** Reads the script of a step. Installing is ours; `git diff` after a writer is replaced by the writer's own check. */
export function workOf(script: string): Work {
  const text = script.trim()
  if (/\bGITHUB_(?:OUTPUT|ENV|PATH|STEP_SUMMARY)\b|::set-output/.test(text))
    return { kind: 'nothing' }
  const statements = statementsOf(text)
  if (statements.some(({ kind }) => kind === 'opaque')) return opaque(text)
  const lines = linesOf(text.replaceAll(/\\\r?\n/g, ' ')).filter((line) => !line.startsWith('#'))
  const left = lines.map(withoutOurs).filter((line) => line !== '')
  if (left.length === 0) return { kind: 'nothing' }
  const together = left.some((line) =>
    /^(?:cd|export|source|\.|set|[A-Za-z_]\w*=\S*$)(?:\s|$)/.test(line),
  )
  return together && left.length > 1
    ? { kind: 'whole', text: left.join('\n') }
    : { kind: 'parts', parts: left }
}

function opaque(text: string): Work {
  const installs =
    /\b(?:npm (?:ci|i|install|rm|un|uninstall|config)|(?:pnpm|bun) (?:i|install|remove)|yarn install)\b/.test(
      text,
    )
  return installs
    ? { kind: 'unclear', because: 'It sets up packages inside a longer script.' }
    : { kind: 'whole', text }
}

/** A line without the commands that are ours or say nothing; lines that we cannot take apart stay whole. */
function withoutOurs(line: string): string {
  const pieces = /['"|()]/.test(line) ? [line] : line.split(/\s*(?:&&|;)\s*/)
  const kept = pieces.filter((piece) => piece !== '' && !isOurs(piece))
  return kept.length === pieces.length ? line : kept.join(' && ')
}

function isOurs(piece: string): boolean {
  const statements = statementsOf(piece)
  return statements.every(
    (each) => each.kind === 'simple' && (isInstall(unwrapped(each.argv)) || isTalk(each.argv)),
  )
}

/** Brings dependencies or tools: the workspace does that once per lockfile. */
function isInstall(argv: readonly string[]): boolean {
  const [program = '', verb = '', ...rest] = argv
  if (['corepack', 'ni', 'nci'].includes(program)) return true
  if (program === 'playwright') return verb === 'install'
  if (program === 'yarn' && /^(?:--.*)?$/.test(verb)) return true
  const call = callOf(argv, () => false)
  if (call === null || call.kind === 'script') return false
  return installing.has([verb, ...rest].find((word) => !word.startsWith('-')) ?? '')
}

const installing = new Set(
  'i,ci,install,clean-install,install-ci,add,fetch,rebuild,dedupe,prune,pack,config'.split(','),
)

function isTalk(argv: readonly string[]): boolean {
  const [program = '', ...args] = unwrapped(argv)
  // `jq -e` judges what it reads; to the others `-e` says something else.
  if (talk.has(program)) return program !== 'jq' || !args.includes('-e')
  if (program === 'git') return true
  return /^(?:-v|--version|version)$/.test(args[0] ?? '') && programName(program) !== 'knip'
}

const talk = new Set(
  'echo,printf,ls,pwd,cat,env,date,sleep,mkdir,true,:,whoami,uname,du,df,tree,rm,rimraf,del,del-cli,shx,jq'.split(
    ',',
  ),
)

import { type Command, type Mistaken, type Said, type Verb, verbs } from '#domain/command.ts'

/** A line that begins like a command: its verb, the words after it, a flag, and a reason at its end. */
const shape =
  /^\/(?<verb>[a-z][a-z-]*)(?<words>(?:[ \t]+(?!--)[^ \t]+)*)(?<flag>[ \t]+--emergency)?(?:[ \t]+--(?:reason=(?<named>"[^"]*"|[^ \t]+)|[ \t](?<rest>.*)))?[ \t]*$/

/** A reason is shown and kept; nobody needs a longer one. */
const longestReason = 500
/** A name nobody calls an environment by would only be repeated in an answer. */
const longestWord = 100

/** One line → the command it gives, what is wrong with it, or nothing where it does not look like one of ours. */
export function readCommand(line: string): Said {
  if (!line.startsWith('/') || line.length > 1000) return nothing
  const name = /^\/([a-z][a-z-]*)(?=[ \t]|$)/.exec(line)?.[1]
  if (name === undefined) return nothing
  const verb = verbs.find((one) => one === name)
  if (verb === undefined) return unknown(name)
  const read = shape.exec(line)?.groups
  return read === undefined ? wrong(verb, line.slice(name.length + 1).trim()) : told(verb, read)
}

function told(verb: Verb, read: { readonly [name: string]: string | undefined }): Said {
  const words = (read['words'] ?? '').split(/[ \t]+/).filter((word) => word !== '')
  const emergency = read['flag'] !== undefined
  if (emergency && !takes[verb].includes('emergency')) return wrong(verb, '--emergency')
  return withWords({ verb, words, reason: reasonFrom(read), emergency })
}

const nothing: Said = { kind: 'nothing' }

type Part = 'environment' | 'sha' | 'all' | 'reason' | 'words' | 'emergency'

/** What may follow a verb. `words`: what is no environment is the reason, also without dashes. */
const takes: Readonly<Record<Verb, readonly Part[]>> = {
  'auto-fix': [],
  'approve-deploy': ['environment', 'sha', 'emergency', 'reason'],
  'reject-deploy': ['environment', 'sha', 'reason'],
  deploy: ['environment', 'sha', 'reason'],
  rollback: ['environment', 'words', 'reason'],
  lock: ['environment', 'words', 'reason'],
  unlock: ['environment', 'reason'],
  freeze: ['words', 'reason'],
  pause: ['all', 'words', 'reason'],
  resume: ['all', 'reason'],
  retry: ['environment'],
  cancel: ['reason'],
  status: [],
  help: [],
}

interface Words extends Pick<Command, 'verb' | 'reason' | 'emergency'> {
  readonly words: readonly string[]
}

function withWords({ verb, words, reason, emergency }: Words): Said {
  const parts = takes[verb]
  if (parts.length === 0 && (words.length > 0 || reason !== null)) return nothing
  const left = [...words]
  const { environment, sha } = placeIn(left, parts)
  const said = parts.includes('words') && reason === null ? left.splice(0).join(' ') : ''
  const [odd] = left
  if (odd !== undefined) return wrong(verb, odd)
  return given({ verb, environment, sha, reason: reason ?? shortened(said), emergency })
}

/** Takes it from the words. One that could be both is a commit; before a commit it is an environment. */
function placeIn(left: string[], parts: readonly Part[]): Pick<Command, 'environment' | 'sha'> {
  const isCommit = (word: string): boolean => parts.includes('sha') && isSha(word)
  const isAlone = left.length === 1 && left.every(isCommit)
  const environment = isAlone ? null : takeFirst(left, (word) => fits(word, parts))
  return { environment, sha: takeFirst(left, isCommit) }
}

function takeFirst(words: string[], isFitting: (word: string) => boolean): string | null {
  const [first] = words
  if (first === undefined || !isFitting(first)) return null
  words.shift()
  return first
}

function fits(word: string, parts: readonly Part[]): boolean {
  if (parts.includes('all')) return word === 'all'
  return parts.includes('environment') && /^[a-z0-9._-]{1,64}$/.test(word)
}

function isSha(word: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(word)
}

function reasonFrom({ named, rest }: { readonly [name: string]: string | undefined }) {
  return shortened((named ?? rest ?? '').replace(/^"(.*)"$/, '$1').trim())
}

function shortened(said: string): string | null {
  return said === '' ? null : said.slice(0, longestReason)
}

function given(command: Command): Said {
  return { kind: 'command', command }
}

/** `/auto-fix` and the like were always silent where words follow them: people write about them. */
function wrong(verb: Verb, said: string): Said {
  return takes[verb].length === 0 ? nothing : mistake('unknown-word', said, `/${verb}`)
}

/** Other programs listen to comments too: only what is almost ours is a mistake. */
function unknown(name: string): Said {
  const near = verbs.find((verb) => distance(name, verb) <= (verb.length > 5 ? 2 : 1))
  return near === undefined ? nothing : mistake('unknown-verb', `/${name}`, `/${near}`)
}

function mistake(because: Mistaken['because'], said: string, meant: string): Said {
  return { kind: 'mistake', mistake: { because, said: said.slice(0, longestWord), meant } }
}

/** Levenshtein's; names that are much longer than any of ours are far. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of one.split('').entries()) {
    const next = [at + 1]
    for (const [column, seen] of other.split('').entries())
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === seen ? 0 : 1),
        ),
      )
    row = next
  }
  return row.at(-1) ?? 0
}

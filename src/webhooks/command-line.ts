import { type Command, type Mistaken, type Said, verbs } from '#domain/command.ts'

/** A line that begins like a command: its verb, the words after it, and a reason at its end. */
const shape =
  /^\/(?<verb>[a-z][a-z-]*)(?<words>(?:[ \t]+(?!--)[^ \t]+)*)(?:[ \t]+--(?:reason=(?<flag>"[^"]*"|[^ \t]+)|[ \t](?<rest>.*)))?[ \t]*$/

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
  if (read === undefined) return wrong(verb, line.slice(name.length + 1).trim())
  const words = (read['words'] ?? '').split(/[ \t]+/).filter((word) => word !== '')
  const reason = reasonFrom(read)
  return withWords(verb, words, reason)
}

const nothing: Said = { kind: 'nothing' }

function withWords(verb: Command['verb'], words: readonly string[], reason: string | null): Said {
  if (isAboutDeploys(verb)) return aboutDeploy(verb, words, reason)
  const isBare = words.length === 0 && reason === null
  return isBare ? given({ verb, environment: null, sha: null, reason }) : nothing
}

/** At most an environment and a commit. A word that could be both is a commit; before a commit it is an environment. */
function aboutDeploy(verb: Command['verb'], words: readonly string[], reason: string | null): Said {
  const [first = null, second = null, third = null] = words
  const isAlone = second === null && first !== null && isSha(first)
  const [environment, sha] = isAlone ? [null, first] : [first, second]
  const odd = third ?? unless(sha, isSha) ?? unless(environment, isEnvironment)
  return odd === null ? given({ verb, environment, sha, reason }) : wrong(verb, odd)
}

function unless(word: string | null, fits: (word: string) => boolean): string | null {
  return word === null || fits(word) ? null : word
}

function isEnvironment(word: string): boolean {
  return /^[a-z0-9._-]{1,64}$/.test(word)
}

function isAboutDeploys(verb: Command['verb']): boolean {
  return verb === 'approve-deploy' || verb === 'reject-deploy'
}

function isSha(word: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(word)
}

function reasonFrom({ flag, rest }: { readonly [name: string]: string | undefined }) {
  const said = (flag ?? rest ?? '').replace(/^"(.*)"$/, '$1').trim()
  return said === '' ? null : said.slice(0, longestReason)
}

function given(command: Command): Said {
  return { kind: 'command', command }
}

/** `/auto-fix` was always silent where words follow it: people write about it. */
function wrong(verb: Command['verb'], said: string): Said {
  return isAboutDeploys(verb) ? mistake('unknown-word', said, `/${verb}`) : nothing
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

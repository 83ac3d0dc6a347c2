import { parseSync, Visitor } from 'oxc-parser'

import { nearest, type Vocabulary, isAnotherWord } from '../../codefixes/names/likeness.ts'
import { wordsOf } from '../../codefixes/names/words.ts'
import { builtInNames } from './known-names.ts'
import type { Source } from './reach.ts'
import type { Suspect } from './suspect.ts'

/** A name that could be any of more words than this is too short to say what it was. */
const mostWords = 4

/**
 * Names of the reached files that stand nowhere else in the repository and are a slip away from one that does, or from one
 * of the language. No type says that they are wrong: a failing test has to, by passing with the other name.
 */
export function misspeltWords(
  reached: readonly Source[],
  programs: readonly Source[],
): readonly Suspect[] {
  const counts = countsOf(programs)
  const words = wordCounts(counts)
  const names = [...counts.keys(), ...builtInNames()].filter((name) => name.length >= 4)
  return reached.flatMap((source) =>
    oddNames(source, counts).flatMap((odd) => {
      const own = new Set(wordsOf(odd.name))
      const vocabulary: Vocabulary = (word) => (words.get(word) ?? 0) - (own.has(word) ? 1 : 0)
      const right = nearest(odd.name, names).filter(
        (name) => !isAnotherWord(odd.name, name, vocabulary),
      )
      return right.length > mostWords ? [] : right.map((name) => suspectOf(source, odd, name))
    }),
  )
}

interface Name {
  readonly name: string
  readonly start: number
  readonly end: number
}

function suspectOf({ path, text }: Source, { name, start, end }: Name, right: string): Suspect {
  return {
    strategy: 'tests/spelling',
    description: `Corrected \`${name}\` to \`${right}\` in ${path}`,
    rootCause: `${path} misspelt \`${right}\` as \`${name}\``,
    edit: { path, content: text.slice(0, start) + right + text.slice(end) },
  }
}

/** Members, keys and names of a file that are said once in the whole repository and that the language does not know. */
function oddNames({ path, text }: Source, counts: ReadonlyMap<string, number>): readonly Name[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) return []
  const found: Name[] = []
  new Visitor({
    Identifier: ({ name, start, end }) => void found.push({ name, start, end }),
    PrivateIdentifier: ({ name, end }) => void found.push({ name, start: end - name.length, end }),
    // The name of an event, of a method, of a key: whatever is no name does not match below.
    Literal: ({ value, start, end }) => {
      if (typeof value === 'string') found.push({ name: value, start: start + 1, end: end - 1 })
    },
  }).visit(program)
  return found.filter(
    ({ name, start, end }) =>
      name.length >= 3 &&
      counts.get(name) === 1 &&
      text.slice(start, end) === name &&
      !builtInNames().has(name),
  )
}

function countsOf(programs: readonly Source[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of programs)
    for (const name of text.match(/[\p{L}_$][\p{L}\d_$]*/gu) ?? [])
      counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** In how many names each word stands. */
function wordCounts(names: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names.keys())
    for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

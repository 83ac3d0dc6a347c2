import { distance, isDoubled, isSwap } from './distance.ts'
import { wordsOf } from './words.ts'

/** How often a word stands in other names of the repository. */
export type Vocabulary = (word: string) => number

/**
 * The names that a misspelt one most likely stands for: at most two slips, at most 30 % of its length, the nearest only.
 * More than one answer means that nobody can say.
 */
export function likeliest(
  wrong: string,
  names: Iterable<string>,
  vocabulary: Vocabulary,
): readonly string[] {
  const found = nearest(wrong, names)
  return found.some((name) => isAnotherWord(wrong, name, vocabulary)) ? [] : found
}

/** All names at the least distance, as long as that is a slip's. */
export function nearest(wrong: string, names: Iterable<string>): readonly string[] {
  let best = 3
  let found: string[] = []
  for (const name of new Set(names)) {
    if (name === wrong || Math.abs(name.length - wrong.length) > 2) continue
    const away = slips(wrong, name)
    if (away > best || !isSlip(wrong, name, away)) continue
    if (away < best) found = []
    best = away
    found.push(name)
  }
  return found
}

/** Two neighbours swapped are a slip in the shortest of words; anything else is judged by how much of the word is left. */
function isSlip(wrong: string, name: string, away: number): boolean {
  if (away <= 2 && away <= 0.3 * Math.max(name.length, wrong.length)) return true
  return name.length >= 3 && isSwap(wrong, name)
}

/** Whether what sets a name apart from another stands in no other name: it is most likely no word at all. */
export function unknownWords(name: string, other: string, vocabulary: Vocabulary): boolean {
  const [mine, theirs] = differing(wordsOf(name), wordsOf(other))
  if (mine.length === 0 || theirs.length === 0 || digits(name) !== digits(other)) return false
  return mine.every((word) => vocabulary(word) === 0)
}

/** Case alone is the smallest slip of all. */
function slips(wrong: string, name: string): number {
  if (wrong.toLowerCase() === name.toLowerCase()) return 0.5
  return distance(wrong, name)
}

/** Two names that both mean something differ on purpose: `NegativeInteger` is no slip of `NonNegativeInteger`. */
export function isAnotherWord(wrong: string, name: string, vocabulary: Vocabulary): boolean {
  if (wrong.toLowerCase() === name.toLowerCase()) return false
  if (isSwap(wrong, name) || isDoubled(wrong, name) || isDoubled(name, wrong)) return false
  if (digits(wrong) !== digits(name)) return true
  const [mine, theirs] = differing(wordsOf(wrong), wordsOf(name))
  if (mine.length === 0 || theirs.length === 0) return true
  if (mine.length !== theirs.length) return mine.some((word) => vocabulary(word) > 0)
  return mine.some((word, index) => areTwins(word, theirs[index] ?? '', vocabulary))
}

function areTwins(mine: string, theirs: string, vocabulary: Vocabulary): boolean {
  if (opposites.has(`${mine} ${theirs}`) || opposites.has(`${theirs} ${mine}`)) return true
  if (isPrefixed(mine, theirs) || isPrefixed(theirs, mine)) return true
  return vocabulary(mine) > 0 && !isSwap(mine, theirs)
}

function isPrefixed(longer: string, shorter: string): boolean {
  return prefixes.some((prefix) => longer === prefix + shorter)
}

const prefixes = [
  'non',
  'un',
  'in',
  'im',
  'ir',
  'il',
  'de',
  're',
  'a',
  'pre',
  'up',
  'en',
  'ex',
  'dis',
  'sub',
  'co',
  'by',
]

const opposites = new Set(
  `min max|start end|first last|left right|top bottom|up down|in on|in out|on off|on of|to from|add and|get set|let get|get let|
  push pull|even odd|sin cos|asin acos|sum sub|row col|old new|no on|true false|read lead|open close|before after|prev next|inner outer|upper lower|
  encode decode|import export|include exclude|increase decrease|increment decrement|internal external|load lead|host post|
  send end|send spend|width height|key keys|src dst|lat lng|lat lon|long lat|asc desc|lt gt|lte gte|map max|mix max|mix min|man min`
    .split(/[|\n]/)
    .map((pair) => pair.trim()),
)

function differing(a: readonly string[], b: readonly string[]): [string[], string[]] {
  return [without(a, b), without(b, a)]
}

function without(words: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return words.filter((word) => {
    const at = left.indexOf(word)
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}

function digits(name: string): string {
  return name.replaceAll(/\D/g, '')
}

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'

/** A place in a file, both counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Complaint extends Position {
  /** A sentence without its full stop. */
  readonly problem: string
  readonly remedy: string
}

export type YamlText =
  | { readonly kind: 'broken'; readonly complaint: Complaint }
  | {
      readonly kind: 'read'
      readonly data: unknown
      /** Where the key or item at the end of the path stands; where it is missing, what should have had it. */
      readonly locate: (path: readonly PropertyKey[]) => Position
    }

/** More than any configuration needs, and small enough to read in no time. */
const longest = 128 * 1024
/** How often the aliases of a file may be followed in all before it counts as a bomb. */
const mostAliases = 50

/** Reads YAML 1.2 strictly: one document, unique keys, no unknown tags, bounded in size and aliases. Never throws. */
export function readYamlText(text: string): YamlText {
  if (text.length > longest) {
    return broken({ line: 1, column: 1 }, ['The file is too long', 'Keep it below 128 KiB.'])
  }
  const counter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    stringKeys: true,
  })
  const positionAt = (offset: number): Position => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const [wrong] = [...document.errors, ...document.warnings]
  if (wrong !== undefined) return broken(positionAt(wrong.pos[0]), sentencesFor(wrong))
  try {
    const data: unknown = document.toJS({ maxAliasCount: mostAliases })
    return { kind: 'read', data, locate: (path) => positionAt(offsetOf(document, path)) }
  } catch {
    // What is left to go wrong are aliases: to nowhere, or too many.
    return broken(positionAt(firstBadAlias(document)), [
      'An alias has no anchor before it, or aliases repeat too much',
      'Write the value out instead of the alias.',
    ])
  }
}

function broken(
  position: Position,
  [problem, remedy]: readonly [string, string],
): YamlText & { kind: 'broken' } {
  return { kind: 'broken', complaint: { ...position, problem, remedy } }
}

const remedies: Readonly<Record<string, readonly [string, string]>> = {
  DUPLICATE_KEY: ['This key stands here twice', 'Remove one of the two.'],
  MULTIPLE_DOCS: ['A second document begins here', 'Keep one document per file.'],
  TAB_AS_INDENT: ['A tab indents this line', 'Indent with spaces.'],
  TAG_RESOLVE_FAILED: ['This tag is not known', 'Remove the tag.'],
  NON_STRING_KEY: ['This key is not a text', 'Use a plain word as the key.'],
  RESOURCE_EXHAUSTION: ['The file is nested too deeply', 'Flatten it.'],
}

function sentencesFor({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): readonly [string, string] {
  return (
    remedies[code] ?? [`This is not YAML: ${message}`, 'Check the indentation and the quotes here.']
  )
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const key of path) {
    const step = stepInto(node, key)
    if (step === null) return offset
    node = step.value
    offset = step.offset
  }
  return offset
}

function stepInto(node: unknown, key: PropertyKey): { value: unknown; offset: number } | null {
  if (isSeq(node)) {
    const item = node.items[Number(key)]
    return item === undefined ? null : { value: item, offset: startOf(item) }
  }
  if (!isMap(node)) return null
  const pair = node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
  return pair === undefined ? null : { value: pair.value, offset: startOf(pair.key) }
}

function startOf(node: unknown): number {
  const isNode = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)
  return isNode ? (node.range?.[0] ?? 0) : 0
}

/** The first alias that leads nowhere, else the last one, which was one too many. */
function firstBadAlias(document: Document): number {
  let found = 0
  visit(document, {
    Alias(_key, alias) {
      found = startOf(alias)
      return alias.resolve(document) === undefined ? visit.BREAK : undefined
    },
  })
  return found
}

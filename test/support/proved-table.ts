import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseSync } from 'oxc-parser'

const root = join(import.meta.dirname, '../..')

/** A row of a document's table: what it is about, what it says, and the tests that are to prove it. */
interface ProvedRow {
  readonly id: string
  readonly says: string
  readonly proofs: string
}

/** The rows of four cells whose first is such an id; the second is for people. */
export function provedRows(document: string, ids: RegExp): readonly ProvedRow[] {
  const table = readFileSync(join(root, document), 'utf8')
  return table.split('\n').flatMap((line) => {
    const [, id = '', , says = '', proofs = ''] = line.split('|').map((cell) => cell.trim())
    return ids.test(id) ? [{ id, says, proofs }] : []
  })
}

/** The tests that are named as `file: name`, those of them that are not there, and what else stands in the cell. */
export function provedBy(proofs: string) {
  const named = [...proofs.matchAll(/`(test\/\S+\.test\.ts): ([^`]+)`/g)]
  const missing = named.filter(([, path = '', name = '']) => {
    return !existsSync(join(root, path)) || !textsIn(path).has(name)
  })
  return {
    named: named.map(([proof]) => proof),
    missing: missing.map(([proof]) => proof),
    rest: proofs.replaceAll(/`[^`]+`/g, '').trim(),
  }
}

const known = new Map<string, ReadonlySet<string>>()

/** All texts of a test file: the names of its tests, and the titles of the cases of a table among them. */
export function textsIn(path: string): ReadonlySet<string> {
  const file = join(root, path)
  const texts =
    known.get(path) ?? new Set(textsOf(parseSync(file, readFileSync(file, 'utf8')).program))
  known.set(path, texts)
  return texts
}

function* textsOf(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  if ('type' in node && node.type === 'Literal' && 'value' in node) yield String(node.value)
  if ('cooked' in node) yield String(node.cooked)
  for (const value of Object.values(node)) yield* textsOf(value)
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const table = readFileSync(join(root, 'docs/requirements.md'), 'utf8')
const rows = table.split('\n').flatMap((line) => {
  const [, id = '', , state = '', proofs = ''] = line.split('|').map((cell) => cell.trim())
  return /^S2-\d\d$/.test(id) ? [{ id, state, proofs }] : []
})

/** All texts of a test file: the names of its tests, and the titles of the cases of a table among them. */
function textsIn(path: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visitor = new Visitor({
    Literal: ({ value }) => void (typeof value === 'string' && found.add(value)),
    TemplateElement: ({ value }) => void found.add(value.cooked ?? ''),
  })
  visitor.visit(parseSync(path, readFileSync(join(root, path), 'utf8')).program)
  return found
}

test('the table has each row from S2-01 to S2-49 once', () => {
  const ids = Array.from({ length: 49 }, (_, at) => `S2-${String(at + 1).padStart(2, '0')}`)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test.each(rows)('$id says how it stands, and the tests it names are there', ({ state, proofs }) => {
  expect(state).toMatch(/^(?:done|in part: |not: )/)
  const named = [...proofs.matchAll(/`(test\/\S+\.test\.ts): ([^`]+)`/g)]
  expect(proofs.replaceAll(/`[^`]+`/g, '').trim()).toBe('')
  expect(named.length > 0 || state.startsWith('not: ')).toBe(true)
  const missing = named.filter(([, path = '', name = '']) => {
    return !existsSync(join(root, path)) || !textsIn(path).has(name)
  })
  expect(missing.map(([proof]) => proof)).toEqual([])
})

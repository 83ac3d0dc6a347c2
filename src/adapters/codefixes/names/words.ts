import type ts from 'typescript6'

import type { Vocabulary } from './likeness.ts'

/** `parseHTTPUrl_fast2` → parse, http, url, fast. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 0)
}

/** In how many other names of the files each word stands; the misspelt name itself does not count. */
export function vocabularyOf(files: readonly ts.SourceFile[], misspelt: string): Vocabulary {
  const names = new Set(files.flatMap((file) => [...namesIn(file)]))
  names.delete(misspelt)
  const counts = new Map<string, number>()
  for (const name of names)
    for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return (word) => counts.get(word) ?? 0
}

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>()

function namesIn(file: ts.SourceFile): ReadonlySet<string> {
  const before = known.get(file)
  if (before) return before
  const names = new Set(file.text.match(/[\p{L}_$][\p{L}\d_$]*/gu) ?? [])
  known.set(file, names)
  return names
}

import { lstatSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { fileEdit } from '#domain/patch.ts'
import type { FileEdit } from '#domain/patch.ts'

const answer = z.array(fileEdit)

/**
 * The files a collecting run hands back, each judged as if an attacker had written it: nothing outside the workspace,
 * below .git or node_modules, through a symbolic link of the source, or not plain text. What does not pass is dropped.
 */
export function acceptCollected(
  printed: string,
  from: { readonly source: string; readonly fileBytes: number },
): readonly FileEdit[] {
  const edits = parse(printed)
  const accepted = new Map<string, FileEdit>()
  for (const edit of edits) {
    const small = edit.content === null || Buffer.byteLength(edit.content) <= from.fileBytes
    if (small && isPlainPath(edit.path) && !passesLink(from.source, edit.path)) {
      accepted.set(edit.path, edit)
    }
  }
  return [...accepted.values()]
}

/** A relative path with forward slashes that no file system we know reads as anything else. */
export function isPlainPath(path: string): boolean {
  if (path.length > 1024 || unprintable.test(path) || path.includes('\\')) return false
  return path.split('/').every((name) => {
    const folded = name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(invisible, '')
      .replace(/[. ]+$/, '')
    return name.length <= 255 && folded !== '' && !forbidden.has(folded)
  })
}

const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const invisible = /\p{Cf}/gu
/** `.git` also under the short name Windows gives it; '.' and '..' fold to nothing. */
const forbidden = new Set(['.git', 'git~1', 'node_modules'])

function parse(printed: string): readonly FileEdit[] {
  try {
    return answer.parse(JSON.parse(printed))
  } catch {
    return []
  }
}

function passesLink(source: string, path: string): boolean {
  const names = path.split('/')
  return names.some((_name, index) => {
    const place = join(source, ...names.slice(0, index + 1))
    return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  })
}

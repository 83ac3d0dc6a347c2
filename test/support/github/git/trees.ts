import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { git, gitLine } from './run-git.ts'

export interface TreeEntry {
  readonly mode: string
  readonly kind: 'blob' | 'tree' | 'commit'
  readonly sha: string
  readonly path: string
  /** Bytes; 0 for what is no file. */
  readonly size: number
}

/** A path's entry, or a folder's entries if the path ends with a slash (empty: the root's). */
export async function entriesAt(
  directory: string,
  tree: string,
  { path, more = [] }: { readonly path: string; readonly more?: readonly string[] },
): Promise<readonly TreeEntry[]> {
  const where = path === '' ? [] : ['--', path]
  const asked = ['ls-tree', '-z', '--long', ...more, tree, ...where]
  const text = await git(directory, asked)
  return text.split('\0').filter(Boolean).map(entryOf)
}

export async function writeBlob(directory: string, bytes: Buffer): Promise<string> {
  return await gitLine(directory, ['hash-object', '-w', '--stdin'], { input: bytes })
}

interface Change {
  readonly commit: string
  readonly path: string
  /** null: it goes. */
  readonly blob: string | null
}

/** The tree of a commit with one file changed. */
export async function withBlob(directory: string, { commit, path, blob }: Change): Promise<string> {
  const line = blob === null ? `0 ${'0'.repeat(40)}\t${path}` : `100644 ${blob}\t${path}`
  return await withEntries(directory, commit, [line])
}

/** A tree (null: the empty one) with entries as `git update-index --index-info` reads them. */
export async function withEntries(
  directory: string,
  base: string | null,
  lines: readonly string[],
): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'github-index-'))
  const env = { GIT_INDEX_FILE: join(place, 'index') }
  try {
    await git(directory, base === null ? ['read-tree', '--empty'] : ['read-tree', base], { env })
    const input = lines.map((line) => `${line}\0`).join('')
    await git(directory, ['update-index', '-z', '--index-info'], { input, env })
    return await gitLine(directory, ['write-tree'], { env })
  } finally {
    rmSync(place, { recursive: true })
  }
}

function entryOf(text: string): TreeEntry {
  const [facts = '', path = ''] = text.split('\t')
  const [mode = '', kind = '', sha = '', size = ''] = facts.split(/ +/)
  return { mode, kind: kindOf(kind), sha, path, size: Number(size) || 0 }
}

function kindOf(word: string): TreeEntry['kind'] {
  return word === 'tree' || word === 'commit' ? word : 'blob'
}

import { unseen } from './ref-names.ts'

/**
 * Why a path may not be written into a commit, or null when it may (K23; fixers.md A7, rows 9 and 38).
 * Paths are relative to the root, with forward slashes.
 */
export function objectionTo(path: string): string | null {
  if (path === '' || Buffer.byteLength(path) > 1000) return 'has no usable length'
  if (unseen.test(path)) return 'holds characters that cannot be seen'
  if (path.startsWith('/') || path.includes('\\')) return 'is not relative to the root'
  for (const part of path.split('/')) {
    const objection = objectionToPart(part)
    if (objection !== null) return objection
  }
  return null
}

function objectionToPart(part: string): string | null {
  if (part === '' || part === '.' || part === '..') return 'leaves the tree'
  if (Buffer.byteLength(part) > 255) return 'has no usable length'
  // Some file systems drop trailing dots and spaces, or know `.git` by its short name.
  const seen = part
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[. ]+$/, '')
  if (/^git~\d+$/.test(seen)) return 'belongs to git'
  return seen.startsWith('.git') && seen !== '.github' ? 'belongs to git' : null
}

import type { RedBase } from '#domain/red-base.ts'

import { code } from './markdown.ts'

export function baseNote({ branch, sha, kind }: RedBase): string {
  const at = `${branch} (${sha.slice(0, 12)})`
  return kind === 'red'
    ? `${at} is red too: it is repaired there, once`
    : `${at} is green again since this branch left it`
}

export function baseTitle({ branch, kind }: RedBase): string {
  return kind === 'red' ? `${branch} is red too, and repaired there` : `${branch} is green again`
}

/** Said on a pull request that is red because its base is. */
export function baseSection(base: RedBase | null): string {
  if (base === null) return ''
  const { branch, sha, kind, runId, proposals } = base
  const at = `${code(branch)} at ${code(sha.slice(0, 12))}`
  if (kind === 'green-again') return catchUpComment(branch, sha)
  const fixes = proposals.map((number) => `#${number}`).join(', ')
  const who = fixes === '' ? `Run ${runId ?? ''} looks after it.` : `Proposed for it: ${fixes}.`
  return `**Not of this pull request:** ${at} is red too. That is repaired there, once, and not in each pull request. ${who} When ${code(branch)} is green, bring this branch up to date.`
}

/** The comment that says so where a base was red when a run looked, and is green since. */
export const baseMarker = '<!-- goalkeeper:base -->'

export function catchUpComment(branch: string, sha: string): string {
  return `**Not of this pull request:** it was red where this branch left ${code(branch)}, which is green again (${code(sha.slice(0, 12))}). Bring this branch up to date.`
}

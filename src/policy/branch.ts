import { ownBranches } from '#domain/own-branch.ts'

const MOST_CHARACTERS = 60

/** `auto-fix/<task>-<slug>` (K25): safe as a git ref, at most 60 characters. `task` is made safe as well. */
export function branchFor(task: string, title: string): string {
  const name = `${ownBranches}${slug(task, MOST_CHARACTERS - ownBranches.length)}`
  const rest = slug(title, MOST_CHARACTERS - name.length - 1)
  return rest === '' ? name : `${name}-${rest}`
}

/** Lower-case letters, digits and single hyphens; never a hyphen at an end. */
export function slug(text: string, most: number): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return (words ?? []).join('-').slice(0, Math.max(0, most)).replace(/-$/, '')
}

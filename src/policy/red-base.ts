import type { RedBase } from '#domain/red-base.ts'

interface Seen {
  /** Something was red here on the base too, where the pull request left it. */
  readonly isInherited: boolean
  /** Nothing was red here: what CI runs is the merge with the base. */
  readonly isGreenHere: boolean
  /** The checks that are red on the pull request. */
  readonly failed: readonly string[]
  /** What the checks of the base say, at its tip. */
  readonly tip:
    | { readonly kind: 'none' | 'pending' | 'green' }
    | { readonly kind: 'red'; readonly failed: readonly string[] }
}

/** Whether a pull request is red because of its base (autofix.md 2: one lint fix on thirteen branches); null: not as far as is known. */
export function blameOfBase({
  isInherited,
  isGreenHere,
  failed,
  tip,
}: Seen): RedBase['kind'] | null {
  if (tip.kind === 'green') return isInherited ? 'green-again' : null
  if (tip.kind !== 'red') return null
  const isSame = isGreenHere && failed.some((name) => tip.failed.includes(name))
  return isInherited || isSame ? 'red' : null
}

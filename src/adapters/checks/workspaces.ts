import picomatch from 'picomatch'

import type { Package, Packages } from './packages.ts'

/** The workspaces that a filter names: by package name, by directory, or by glob of either. `null` means all. */
export function workspacesMatching(
  packages: Packages,
  matching: readonly string[] | null,
): readonly Package[] {
  if (matching === null) return packages.workspaces
  const wanted = matching.filter((each) => !each.startsWith('!')).map(matcher)
  const unwanted = matching
    .filter((each) => each.startsWith('!'))
    .map((each) => matcher(each.slice(1)))
  return packages.workspaces.filter(
    (each) =>
      (wanted.length === 0 || wanted.some((is) => is(each))) && !unwanted.some((is) => is(each)),
  )
}

function matcher(pattern: string): (of: Package) => boolean {
  // `./packages/a`, `{packages/*}`, and pnpm's `...` for dependencies and dependents.
  const plain = pattern
    .replaceAll(/^\.{3}|\.{3}$|^\{|\}$/g, '')
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
  const is = picomatch(plain, { dot: true })
  return ({ name, directory }) =>
    directory === plain || name === plain || is(directory) || (name !== null && is(name))
}

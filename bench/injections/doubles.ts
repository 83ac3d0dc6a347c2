import { missingAwait } from './asynchrony.ts'
import { format } from './formatting.ts'
import { missingImport, wrongImportPath } from './imports.ts'
import { lintAutofix } from './linting.ts'
import { injector, type Injector, type Site } from './site.ts'
import { misspeltProperty } from './spelling.ts'
import { missingOverride } from './typing.ts'

const pairs: readonly (readonly [Injector, Injector])[] = [
  [misspeltProperty, lintAutofix],
  [missingImport, lintAutofix],
  [wrongImportPath, misspeltProperty],
  [missingAwait, lintAutofix],
  [missingOverride, misspeltProperty],
  [lintAutofix, format],
]

/** Two failures of two kinds in two files: a repair of one alone leaves the repository red. */
export const doubleFailure: Injector = {
  ...injector('double', 'mechanical', (files) =>
    pairs.flatMap(([first, second]) => {
      const seconds = second.sites(files)
      return first
        .sites(files)
        .flatMap((site, index) =>
          combined([first, site], [second, elsewhere(seconds, site, index)]),
        )
    }),
  ),
  keepFormatted: false,
}

/** A site in other files than the first's; which one depends on the first's place in its list, so that all get their turn. */
function elsewhere(sites: readonly Site[], first: Site, index: number): Site | undefined {
  const touched = new Set(first.changes.map(({ path }) => path))
  const others = sites.filter(({ changes }) => changes.every(({ path }) => !touched.has(path)))
  return others[(index * 7) % Math.max(1, others.length)]
}

function combined(
  [first, site]: readonly [Injector, Site],
  [second, other]: readonly [Injector, Site | undefined],
): Site[] {
  if (!other) return []
  const description = `${first.name}: ${site.description}; ${second.name}: ${other.description}`
  return [{ description, changes: [...site.changes, ...other.changes] }]
}

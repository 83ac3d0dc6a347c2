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
    pairs.flatMap(([first, second]) =>
      first.sites(files).flatMap((site, index): Site[] => {
        const touched = new Set(site.changes.map(({ path }) => path))
        const others = second
          .sites(files)
          .filter(({ changes }) => changes.every(({ path }) => !touched.has(path)))
        const other = others[(index * 7) % Math.max(1, others.length)]
        if (!other) return []
        const changes = [...site.changes, ...other.changes]
        return [
          {
            description: `${first.name}: ${site.description}; ${second.name}: ${other.description}`,
            changes,
          },
        ]
      }),
    ),
  ),
  keepFormatted: false,
}

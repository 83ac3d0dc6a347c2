import ts from 'typescript6'

import { withoutSpecifier } from './imports.ts'
import { exportedDeclarations, importedNames, resolveTarget } from './module-names.ts'
import { applied, type Files, injector, type Site } from './site.ts'
import { nodesOf, removeNode, replaceNode, type Source, sourcesOf } from './source.ts'

/** A name is gone whose near twin means the opposite (fixers.md B2, unsound green 1). */
export const twinNames = injector('trap-twin-names', 'trap', (files) => {
  const sources = sourcesOf(files)
  const exported = sources.flatMap((source) =>
    exportedDeclarations(source).map((node) => ({ source, node })),
  )
  const names = exported.map(({ node }) => node.name.text)
  return exported
    .filter(({ node }) => names.some((other) => isTwin(node.name.text, other)))
    .flatMap(({ source, node }) => [
      {
        description: `${node.name.text} is declared no more in ${source.path}`,
        changes: [removeNode(source, node)],
      },
      ...sources.flatMap((user) => withoutImportOf(user, node.name.text)),
    ])
})

/** Two modules export the name that lost its import; one of them is an older copy that counts differently. */
export const twoExporters = injector('trap-two-exporters', 'trap', (files) =>
  sourcesOf(files).flatMap((source) =>
    importedNames(source).flatMap((imported) => {
      const path = resolveTarget(source.path, imported.target, (candidate) => files.has(candidate))
      const copy = path ? olderCopy(files, path, imported.specifier.name.text) : null
      if (!copy) return []
      const changes = [withoutSpecifier(source, imported)]
      return [
        {
          description: `${imported.specifier.name.text} has two homes, ${source.path} has none`,
          changes,
          before: [copy],
        },
      ]
    }),
  ),
)

function olderCopy(
  files: Files,
  path: string,
  name: string,
): { path: string; text: string } | null {
  const exporter = sourcesOf(applied(new Map(), [{ path, text: files.get(path) ?? '' }]))[0]
  const declaration =
    exporter && exportedDeclarations(exporter).find((node) => node.name.text === name)
  if (!exporter || !declaration || !ts.isFunctionDeclaration(declaration)) return null
  const number = nodesOf(declaration).find((node) => ts.isNumericLiteral(node))
  if (!number) return null
  const { text } = replaceNode(
    exporter,
    number,
    String(Number(number.getText().replaceAll('_', '')) + 1),
  )
  return text === null ? null : { path: path.replace(/(\.\w+)$/, '-before$1'), text }
}

function withoutImportOf(user: Source, name: string): Site[] {
  return importedNames(user)
    .filter(({ specifier }) => specifier.name.text === name)
    .map((imported) => ({
      description: `no import of ${name} in ${user.path}`,
      changes: [withoutSpecifier(user, imported)],
    }))
}

/** `isNegative` and `isNonNegative`, `clampNonNegative` and `clampNonPositive`. */
function isTwin(name: string, other: string): boolean {
  return (
    name !== other &&
    opposites.some(
      ([left, right]) => name.replace(left, right) === other || name.replace(right, left) === other,
    )
  )
}

const opposites = [
  ['Negative', 'NonNegative'],
  ['NonNegative', 'NonPositive'],
] as const

import ts from 'typescript6'

import {
  exportedDeclarations,
  importedNames,
  type ImportedName,
  isRequire,
  relativeTargets,
  resolveTarget,
} from './module-names.ts'
import { type Change, type Files, injector, type Site } from './site.ts'
import {
  edited,
  endOfStatement,
  nodesOf,
  placeOf,
  removeNode,
  replaceNode,
  type Source,
  sourcesOf,
} from './source.ts'

export const missingImport = injector('missing-import', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) => [
    ...importedNames(source).map((imported) => ({
      description: `no import of ${imported.specifier.name.text} in ${source.path}`,
      changes: [withoutSpecifier(source, imported)],
    })),
    ...requiredNames(source),
  ]),
)

export const unusedImport = injector('unused-import', 'mechanical', (files) => {
  const sources = sourcesOf(files)
  return sources.flatMap((source) =>
    importedNames(source).flatMap((imported) => unusedFrom(source, imported, sources)),
  )
})

export const wrongImportPath = injector('wrong-import-path', 'mechanical', (files) =>
  targets(files, (target) => {
    const [up, name = ''] = [target.slice(0, target.lastIndexOf('/')), target.split('/').at(-1)]
    const nested = up.includes('/')
      ? [`${up.slice(0, up.lastIndexOf('/'))}/${name}`]
      : [`${up}/modules/${name}`]
    return [...nested, up === '.' ? `../${name}` : `./${name}`].filter((other) => other !== target)
  }),
)

export const misspeltImportPath = injector('misspelt-import-path', 'mechanical', (files) =>
  targets(files, (target) => {
    const name = target.split('/').at(-1) ?? ''
    return name.length < 5 ? [] : [target.replace(name, name.slice(0, 2) + name.slice(3))]
  }),
)

export const wrongImportCase = injector('wrong-import-case', 'mechanical', (files) =>
  targets(files, (target) => {
    const name = target.split('/').at(-1) ?? ''
    return /^[a-z]/.test(name)
      ? [
          target.replace(
            name,
            name.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
          ),
        ]
      : []
  }),
)

/** A module that others need is gone. */
export const deletedModule = injector('deleted-module', 'semantic', (files) => {
  const sources = sourcesOf(files)
  const wanted = new Set(
    sources.flatMap((source) =>
      relativeTargets(source).map((node) =>
        resolveTarget(source.path, node.text, (path) => files.has(path)),
      ),
    ),
  )
  return sources
    .filter(({ path }) => wanted.has(path))
    .map(({ path }) => ({ description: `${path} is gone`, changes: [{ path, text: null }] }))
})

export function withoutSpecifier(source: Source, { declaration, specifier }: ImportedName): Change {
  const others = specifier.parent.elements.filter((other) => other !== specifier)
  if (others.length === 0 && !declaration.importClause?.name) return removeNode(source, declaration)
  const names = others.map((other) => other.getText()).join(', ')
  return replaceNode(source, specifier.parent, `{ ${names} }`)
}

function unusedFrom(
  source: Source,
  { declaration, target }: ImportedName,
  sources: readonly Source[],
): Site[] {
  const exporter = sources.find(
    ({ path }) => path === resolveTarget(source.path, target, (other) => other === path),
  )
  const known = new Set(
    nodesOf(source.ast)
      .filter((node) => ts.isIdentifier(node))
      .map(({ text }) => text),
  )
  const free = exporter
    ? exportedDeclarations(exporter).filter(
        (node) => !ts.isInterfaceDeclaration(node) && !known.has(node.name.text),
      )
    : []
  const start = declaration.getEnd()
  const from = declaration.moduleSpecifier.getText()
  return free.map(({ name }) => ({
    description: `unused import of ${name.text} in ${source.path}`,
    changes: [
      edited(source, {
        start,
        end: start,
        text: `\nimport { ${name.text} } from ${from}${endOfStatement(source)}`,
      }),
    ],
  }))
}

function requiredNames(source: Source): Site[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isVariableStatement(node))
    .filter((node) =>
      node.declarationList.declarations.some(
        ({ initializer }) => initializer && isRequire(initializer),
      ),
    )
    .map((node) => ({
      description: `no require at ${placeOf(source, node)}`,
      changes: [removeNode(source, node)],
    }))
}

function targets(files: Files, wrong: (target: string) => readonly string[]): Site[] {
  return sourcesOf(files).flatMap((source) =>
    relativeTargets(source).flatMap((node) =>
      wrong(node.text)
        .filter((target) => resolveTarget(source.path, target, (path) => files.has(path)) === null)
        .map((target) => ({
          description: `${node.text} became ${target} in ${source.path}`,
          changes: [replaceNode(source, node, node.getText().replace(node.text, target))],
        })),
    ),
  )
}

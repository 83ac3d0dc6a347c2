import ts from 'typescript6'

import { finalSymbol } from '../imports/exports.ts'
import type { CodeFixer, Scene } from '../proposal.ts'
import { removal } from './missing-export.ts'

/** Removes the second import of the same thing under the same name. */
export const duplicateImport: CodeFixer = function* (scene) {
  const { node, file, name } = scene
  if (!ts.isIdentifier(node) || !ts.isImportSpecifier(node.parent)) return
  const twins = specifiersNamed(file, node.text)
  const [first, second] = twins
  if (
    !first ||
    !second ||
    thing(scene, first) === null ||
    thing(scene, first) !== thing(scene, second)
  )
    return
  const declaration = second.parent.parent.parent
  const whole = second.parent.elements.length === 1 && second.parent.parent.name === undefined
  yield [
    {
      strategy: 'types/duplicate-import',
      description: `Removed the second import of \`${node.text}\` in ${name}`,
      rootCause: `${name} imported \`${node.text}\` twice`,
      risk: 'safe',
      edits: [
        whole
          ? {
              file: file.fileName,
              start: declaration.getStart(file),
              length: lineEnd(file, declaration),
              text: '',
            }
          : removal(file, second),
      ],
    },
  ]
}

function lineEnd(file: ts.SourceFile, node: ts.Node): number {
  const newLine = file.text.startsWith('\r\n', node.end)
    ? 2
    : file.text.startsWith('\n', node.end)
      ? 1
      : 0
  return node.getWidth(file) + newLine
}

function specifiersNamed(file: ts.SourceFile, name: string): readonly ts.ImportSpecifier[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings
    return bindings && ts.isNamedImports(bindings)
      ? bindings.elements.filter((element) => element.name.text === name)
      : []
  })
}

function thing(
  { checker }: Scene,
  { propertyName, name, parent }: ts.ImportSpecifier,
): ts.Symbol | null {
  const { moduleSpecifier } = parent.parent.parent
  const module = checker.getSymbolAtLocation(moduleSpecifier)
  const symbol = module && checker.tryGetMemberInModuleExports((propertyName ?? name).text, module)
  return symbol ? finalSymbol(checker, symbol) : null
}

import ts from 'typescript6'

import { injector, type Site } from './site.ts'
import {
  edited,
  endOfStatement,
  indentAt,
  nodesOf,
  placeOf,
  replaceNode,
  type Source,
  sourcesOf,
} from './source.ts'

/** `let` and `var` where `const` is asked for: every linter here repairs them. */
export const lintAutofix = injector('lint-autofix', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    constants(source).flatMap((list) =>
      ['let', 'var'].map((word) => {
        const edit = { start: list.getStart(), end: list.getStart() + 'const'.length, text: word }
        return {
          description: `${word} at ${placeOf(source, list)}`,
          changes: [edited(source, edit)],
        }
      }),
    ),
  ),
)

export const lintDebugger = injector('lint-debugger', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isReturnStatement(node) && ts.isBlock(node.parent))
      .map((node) => {
        const start = node.getStart()
        const text = `debugger${endOfStatement(source)}\n${indentAt(source, start)}`
        const changes = [edited(source, { start, end: start, text })]
        return { description: `debugger at ${placeOf(source, node)}`, changes }
      }),
  ),
)

const harmless = /(?<!\\)[cdeghijklmopqswyz]/

export const lintUselessEscape = injector('lint-useless-escape', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter(
        (node) =>
          ts.isStringLiteral(node) &&
          !ts.isImportDeclaration(node.parent) &&
          harmless.test(node.text),
      )
      .filter((node) => !ts.isLiteralTypeNode(node.parent) && !ts.isExportDeclaration(node.parent))
      .map((node) => ({
        description: `needless backslash at ${placeOf(source, node)}`,
        changes: [replaceNode(source, node, node.getText().replace(harmless, '\\$&'))],
      })),
  ),
)

/** A constant that was kept for a use that never came; its value has no side effect. */
export const unusedLocal = injector('unused-local', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) => constants(source).flatMap((list) => leftover(source, list))),
)

function leftover(source: Source, list: ts.VariableDeclarationList): Site[] {
  const [declaration] = list.declarations
  const inFunction = ts.isVariableStatement(list.parent) && ts.isBlock(list.parent.parent)
  if (!inFunction || !declaration?.initializer || !ts.isIdentifier(declaration.name)) return []
  if (!isQuiet(declaration.initializer)) return []
  const end = list.parent.getEnd()
  const name = `${declaration.name.text}Before`
  const line = `const ${name} = ${declaration.name.text}${endOfStatement(source)}`
  const text = `\n${indentAt(source, list.parent.getStart())}${line}`
  return [
    {
      description: `unused ${name} at ${placeOf(source, list)}`,
      changes: [edited(source, { start: end, end, text })],
    },
  ]
}

function isQuiet(node: ts.Node): boolean {
  return [node, ...nodesOf(node)].every(
    (inner) => !ts.isCallLikeExpression(inner) && !ts.isAwaitExpression(inner),
  )
}

function constants(source: Source): ts.VariableDeclarationList[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isVariableDeclarationList(node))
    .filter((list) => (list.flags & ts.NodeFlags.Const) !== 0)
}

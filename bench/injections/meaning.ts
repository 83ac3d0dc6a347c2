import ts from 'typescript6'

import { injector } from './site.ts'
import { edited, nodesOf, placeOf, removeNode, replaceNode, sourcesOf } from './source.ts'

export const missingCase = injector('missing-switch-case', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isCaseClause(node) && node.statements.length > 0)
      .map((node) => ({
        description: `no case at ${placeOf(source, node)}`,
        changes: [removeNode(source, node)],
      })),
  ),
)

export const missingProperty = injector('missing-property', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter(
        (node) =>
          ts.isObjectLiteralExpression(node) &&
          node.properties.length > 1 &&
          !node.parent.getText().startsWith('module.'),
      )
      .flatMap((node) =>
        ts.isObjectLiteralExpression(node)
          ? node.properties.map((member) => ({ node, member }))
          : [],
      )
      .map(({ node, member }) => {
        const rest = node.properties
          .filter((other) => other !== member)
          .map((other) => other.getText())
        const changes = [replaceNode(source, node, `{ ${rest.join(', ')} }`)]
        return {
          description: `no ${member.getText().slice(0, 30)} at ${placeOf(source, member)}`,
          changes,
        }
      }),
  ),
)

export const wrongArgument = injector('wrong-argument', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isCallExpression(node) && node.arguments.length === 2)
      .flatMap((node) => {
        if (!ts.isCallExpression(node)) return []
        const [left, right] = node.arguments
        if (!left || !right || left.getText() === right.getText()) return []
        const changes = [
          edited(
            source,
            { start: left.getStart(), end: left.getEnd(), text: right.getText() },
            { start: right.getStart(), end: right.getEnd(), text: left.getText() },
          ),
        ]
        return [{ description: `arguments exchanged at ${placeOf(source, node)}`, changes }]
      }),
  ),
)

export const missingReturn = injector('missing-return', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter(
        (node) =>
          ts.isReturnStatement(node) && ts.isBlock(node.parent) && node.expression !== undefined,
      )
      .map((node) => ({
        description: `no return at ${placeOf(source, node)}`,
        changes: [removeNode(source, node)],
      })),
  ),
)

const twisted: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '+'],
])

/** The program does something else, and a test knows it. */
export const logicChange = injector('logic-change', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isBinaryExpression(node))
      .flatMap(({ operatorToken: sign }) => {
        const other = twisted.get(sign.kind)
        const description = `${sign.getText()} became ${other} at ${placeOf(source, sign)}`
        return other ? [{ description, changes: [replaceNode(source, sign, other)] }] : []
      }),
  ),
)

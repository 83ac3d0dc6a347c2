import ts from 'typescript6'

import { injector } from './site.ts'
import { edited, nodesOf, placeOf, sourcesOf } from './source.ts'

export const missingAwait = injector('missing-await', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isAwaitExpression(node))
      .map((node) => {
        const edit = { start: node.getStart(), end: node.expression.getStart(), text: '' }
        return {
          description: `no await at ${placeOf(source, node)}`,
          changes: [edited(source, edit)],
        }
      }),
  ),
)

/** `await` is left alone in a function that is no longer `async`. */
export const missingAsync = injector('missing-async', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => node.kind === ts.SyntaxKind.AsyncKeyword)
      .filter((node) => nodesOf(node.parent).some((inner) => ts.isAwaitExpression(inner)))
      .map((node) => {
        const edit = { start: node.getStart(), end: node.getEnd() + 1, text: '' }
        return {
          description: `no async at ${placeOf(source, node)}`,
          changes: [edited(source, edit)],
        }
      }),
  ),
)

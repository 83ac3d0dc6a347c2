import ts from 'typescript6'

import type { Injector, Site } from './site.ts'
import { edited, indentAt, nodesOf, placeOf, type Source, sourcesOf } from './source.ts'

/** Code that means the same and that no formatter would write so. */
export const format: Injector = {
  name: 'format',
  expects: 'mechanical',
  keepFormatted: false,
  sites: (files) =>
    sourcesOf(files).flatMap((source) => [...wideSigns(source), ...deepLines(source)]),
}

function wideSigns(source: Source): Site[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isBinaryExpression(node))
    .map((node) => {
      const sign = node.operatorToken
      const edit = { start: sign.getStart(), end: sign.getEnd(), text: ` ${sign.getText()}  ` }
      return {
        description: `spaces around ${sign.getText()} at ${placeOf(source, node)}`,
        changes: [edited(source, edit)],
      }
    })
}

function deepLines(source: Source): Site[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isReturnStatement(node) && indentAt(source, node.getStart()) !== '')
    .map((node) => {
      const edit = { start: node.getStart(), end: node.getStart(), text: '   ' }
      return { description: `indent of ${placeOf(source, node)}`, changes: [edited(source, edit)] }
    })
}

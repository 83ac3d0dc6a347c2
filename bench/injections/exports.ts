import ts from 'typescript6'

import { exportKeyword } from './module-names.ts'
import { injector, type Site } from './site.ts'
import { edited, nodesOf, placeOf, replaceNode, type Source, sourcesOf } from './source.ts'

/** A name that other modules want is no longer exported. */
export const missingExport = injector('missing-export', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) => [...withoutKeyword(source), ...withoutMember(source)]),
)

function withoutKeyword(source: Source): Site[] {
  return source.ast.statements.flatMap((node) => {
    const keyword = exportKeyword(node)
    if (!keyword) return []
    const edit = { start: keyword.getStart(), end: keyword.getEnd() + 1, text: '' }
    return [
      { description: `no export at ${placeOf(source, node)}`, changes: [edited(source, edit)] },
    ]
  })
}

/** CommonJS: one name fewer in `module.exports = { … }`. */
function withoutMember(source: Source): Site[] {
  return nodesOf(source.ast).flatMap((node) => {
    if (!isModuleExports(node) || !ts.isObjectLiteralExpression(node.right)) return []
    const members = node.right.properties
    return members.map((member) => {
      const rest = members.filter((other) => other !== member).map((other) => other.getText())
      const text = rest.length === 0 ? '{}' : `{ ${rest.join(', ')} }`
      return {
        description: `${member.getText()} not exported by ${source.path}`,
        changes: [replaceNode(source, node.right, text)],
      }
    })
  })
}

function isModuleExports(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.left.getText() === 'module.exports'
}

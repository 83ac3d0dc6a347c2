import ts from 'typescript6'

import type { CodeFixer, TextEdit } from '../proposal.ts'

/** Asks with `?.` where a value may be missing. It hides the missing value, so a human looks. */
export const optionalChain: CodeFixer = function* (scene) {
  const { problem, file, name } = scene
  const end = problem.start + problem.length
  let expression: ts.Node = scene.node
  while (expression.end < end) expression = expression.parent
  const edit = questionAfter(file, expression)
  if (edit === null) return
  yield [
    {
      strategy: 'types/optional-chain',
      description: `Asked whether \`${expression.getText(file)}\` is there in ${name}`,
      rootCause: `${name} used \`${expression.getText(file)}\`, which may be missing`,
      risk: 'review',
      edits: [edit],
    },
  ]
}

function questionAfter(file: ts.SourceFile, node: ts.Node): TextEdit | null {
  const { parent } = node
  const at = { file: file.fileName, start: node.end }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node && !isWritten(parent)) {
    const dot = file.text.indexOf('.', node.end)
    return { ...at, start: dot, length: 1, text: '?.' }
  }
  const opens =
    (ts.isElementAccessExpression(parent) && !isWritten(parent)) || ts.isCallExpression(parent)
  return opens && parent.expression === node ? { ...at, length: 0, text: '?.' } : null
}

function isWritten(node: ts.Expression): boolean {
  const { parent } = node
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
}

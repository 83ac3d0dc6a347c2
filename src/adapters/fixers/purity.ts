import type { ArrayExpressionElement, Expression, ObjectPropertyKind } from 'oxc-parser'

const atoms = new Set([
  'Literal',
  'Identifier',
  'ThisExpression',
  'ArrowFunctionExpression',
  'FunctionExpression',
])

/** Whether leaving out an expression changes nothing but time: no call, no assignment, no `await`, no spread. */
export function isPure(node: Expression | null): boolean {
  return node === null || atoms.has(node.type) || isPureCollection(node) || isPureOperation(node)
}

function isPureCollection(node: Expression): boolean {
  if (node.type === 'ArrayExpression') return node.elements.every(isPureElement)
  if (node.type === 'ObjectExpression') return node.properties.every(isPureProperty)
  if (node.type !== 'TemplateLiteral') return false
  return node.expressions.every(({ type }) => type === 'Literal')
}

function isPureOperation(node: Expression): boolean {
  if (node.type === 'UnaryExpression') return node.operator !== 'delete' && isPure(node.argument)
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression')
    return node.left.type !== 'PrivateIdentifier' && isPure(node.left) && isPure(node.right)
  return isPureAccess(node)
}

function isPureAccess(node: Expression): boolean {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression')
    return isPure(node.expression)
  if (node.type !== 'MemberExpression' || node.computed) return false
  return node.object.type !== 'Super' && isPure(node.object)
}

function isPureElement(element: ArrayExpressionElement): boolean {
  return element === null || (element.type !== 'SpreadElement' && isPure(element))
}

function isPureProperty(property: ObjectPropertyKind): boolean {
  return property.type === 'Property' && !property.computed && isPure(property.value)
}

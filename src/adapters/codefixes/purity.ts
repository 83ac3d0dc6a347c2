import ts from 'typescript6'

/** Whether evaluating an expression does nothing but make a value: then it may go when nobody wants the value. */
export function isPure(node: ts.Expression): boolean {
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isIdentifier(node))
    return true
  if (values.has(node.kind)) return true
  if (isTransparent(node)) return isPure(node.expression)
  if (ts.isBinaryExpression(node)) return !assigns(node) && isPure(node.left) && isPure(node.right)
  if (ts.isConditionalExpression(node))
    return [node.condition, node.whenTrue, node.whenFalse].every(isPure)
  return isPureGroup(node)
}

function isPureGroup(node: ts.Expression): boolean {
  if (ts.isElementAccessExpression(node))
    return isPure(node.expression) && isPure(node.argumentExpression)
  if (ts.isNewExpression(node)) return isPureCreation(node)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isPure)
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every(({ expression }) => isPure(expression))
  if (ts.isPrefixUnaryExpression(node))
    return node.operator < ts.SyntaxKind.PlusPlusToken && isPure(node.operand)
  return ts.isObjectLiteralExpression(node) && node.properties.every(isPureProperty)
}

function isPureCreation(node: ts.NewExpression): boolean {
  const known = /^(?:Map|Set|WeakMap|WeakSet|Error|Date)$/.test(node.expression.getText())
  return known && (node.arguments ?? []).every(isPure)
}

function isPureProperty(property: ts.ObjectLiteralElementLike): boolean {
  if (ts.isPropertyAssignment(property)) return isPure(property.initializer)
  return ts.isShorthandPropertyAssignment(property) || ts.isMethodDeclaration(property)
}

const values = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.OmittedExpression,
])

function isTransparent(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.PropertyAccessExpression
  | ts.TypeOfExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isTypeOfExpression(node)
  )
}

function assigns({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

import { ExpressionSyntaxError, parseExpression, type Syntax } from './expression-syntax.ts'
import { evaluateCondition, type ExpressionContext } from './expressions.ts'

/** True when a condition refers to nothing and is false however the phases before it end. */
export function isNeverTrue(condition: string | undefined): boolean {
  if (condition === undefined) return false
  const syntax = syntaxOf(condition)
  if (syntax === null || syntax.references.length > 0) return false
  const endings = ['success', 'failure', 'cancelled', 'skipped'] as const
  return endings.every((status) => !mayHold(condition, status))
}

/** True when a condition asks how the phases or steps before it ended. */
export function namesAStatus(condition: string | undefined): boolean {
  const functions = condition === undefined ? [] : (syntaxOf(condition)?.functions ?? [])
  return functions.some((name) => name === 'always' || name === 'failure' || name === 'cancelled')
}

/** A condition that cannot be evaluated fails its run; that is not the same as never holding. */
function mayHold(condition: string, status: NonNullable<ExpressionContext['status']>): boolean {
  try {
    return evaluateCondition(condition, { event: {}, needs: {}, steps: {}, status })
  } catch {
    return true
  }
}

/** What does not parse is reported where expressions are checked. */
function syntaxOf(condition: string): Syntax | null {
  try {
    return parseExpression(condition)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return null
    throw error
  }
}

import { data, Evaluator } from '@actions/expressions'

import type { Json, Outputs } from '#domain/outcome.ts'

import { ExpressionValues } from './expression-data.ts'
import { parseExpression, statusFunctions, type Syntax, templatesIn } from './expression-syntax.ts'

type Result = 'success' | 'failure' | 'skipped'

/** What an expression can see. */
export interface ExpressionContext {
  readonly event: Json
  readonly needs: Readonly<Record<string, { readonly result: Result; readonly outputs: Outputs }>>
  readonly steps: Readonly<Record<string, { readonly outcome: Result; readonly outputs: Outputs }>>
  readonly inputs?: Json
  /**
   * What `success()`, `failure()` and `cancelled()` answer. Left out: as the steps so far, or, before the first
   * one, as the needs. Inside a phase that started in spite of a failed need, give 'success' for its first step.
   */
  readonly status?: 'success' | 'failure' | 'cancelled' | 'skipped'
}

/** As `if:` in GitHub Actions: without a status function in it, `success()` must hold as well. */
export function evaluateCondition(
  expression: string | undefined,
  context: ExpressionContext,
): boolean {
  const succeeded = statusOf(context) === 'success'
  if (expression === undefined) return succeeded
  const syntax = parseExpression(expression)
  if (!syntax.functions.some(isStatusFunction) && !succeeded) return false
  const values = new ExpressionValues()
  return isTruthy(values.toJson(valueOf(syntax, context, values)))
}

/**
 * Fills in every `${{ }}` of a text, of a list or of an object. A text that is one expression takes its value, type and
 * all, and null for what it does not find; within other text, values are written as GitHub writes them. What was filled
 * in is not evaluated again. Throws ExpressionSyntaxError, or an error of the language (`fromJSON` of no JSON).
 */
export function interpolate(value: Json, context: ExpressionContext): Json {
  if (typeof value === 'string') return fillIn(value, context)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => interpolate(item, context))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, interpolate(item, context)]),
  )
}

function fillIn(text: string, context: ExpressionContext): Json {
  const values = new ExpressionValues()
  const templates = templatesIn(text)
  const [first] = templates
  if (first?.whole) {
    return values.toJson(valueOf(parseExpression(first.source), context, values))
  }
  let filled = ''
  let rest = text
  for (const { source } of templates) {
    const at = rest.indexOf(source)
    filled += rest.slice(0, at) + valueOf(parseExpression(source), context, values).coerceString()
    rest = rest.slice(at + source.length)
  }
  return filled + rest
}

function valueOf(
  { tree }: Syntax,
  context: ExpressionContext,
  values: ExpressionValues,
): data.ExpressionData {
  const { event, needs, steps, inputs = {} } = context
  const seen = values.dictionary({ event, needs, steps, inputs })
  return new Evaluator(tree, seen, functionsFor(statusOf(context))).evaluate()
}

function functionsFor(status: string) {
  const answers = {
    success: status === 'success',
    failure: status === 'failure',
    cancelled: status === 'cancelled',
    always: true,
  }
  return new Map(
    statusFunctions.map((name) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answers[name]) },
    ]),
  )
}

function statusOf({ status, steps, needs }: ExpressionContext): string {
  if (status !== undefined) return status
  const outcomes = new Set(Object.values(steps).map(({ outcome }) => outcome))
  // A skipped step hinders nobody; whoever needs a skipped phase is skipped, too.
  if (outcomes.size > 0) return outcomes.has('failure') ? 'failure' : 'success'
  const results = new Set(Object.values(needs).map(({ result }) => result))
  if (results.has('failure')) return 'failure'
  return results.has('skipped') ? 'skipped' : 'success'
}

function isStatusFunction(name: string): boolean {
  return statusFunctions.some((known) => known === name)
}

/** As the language: everything but false, 0, '' and null. */
function isTruthy(value: Json): boolean {
  return value !== false && value !== 0 && value !== '' && value !== null
}

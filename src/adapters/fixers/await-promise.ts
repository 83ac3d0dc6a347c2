import { parseSync, Visitor } from 'oxc-parser'

import { covers } from './deletion-range.ts'
import type { Complained, RuleEdit } from './rule-edits.ts'
import type { Span } from './scopes.ts'

/**
 * Awaits a promise that a statement drops. Only in a function that is asynchronous already; that nobody was meant to wait
 * cannot be told from the code, so that a human looks.
 */
export function awaitDropped({ syntax, offset, finding }: Complained): RuleEdit | null {
  const statement = syntax.statements.find(
    (each) => each.type === 'ExpressionStatement' && each.start === offset,
  )
  const expression = statement?.type === 'ExpressionStatement' ? statement.expression : null
  if (expression?.type !== 'CallExpression') return null
  return awaited(finding.file ?? '', syntax.text, expression)
}

/** Awaits a promise that a condition asks, which is always true: only the rule's complaint about conditions is meant. */
export function awaitAsked({ syntax, offset, finding }: Complained): RuleEdit | null {
  if (!/conditional/.test(finding.message)) return null
  const { calls } = asked(finding.file ?? '', syntax.text)
  const [call] = calls.filter(({ start }) => start === offset).toSorted((a, b) => b.end - a.end)
  return call ? awaited(finding.file ?? '', syntax.text, call) : null
}

function awaited(file: string, text: string, call: Span): RuleEdit | null {
  const { functions } = asked(file, text)
  const home = functions.findLast((each) => covers(each, call.start))
  if (home?.async !== true) return null
  return { edit: { range: [call.start, call.start], text: 'await ' }, risk: 'review' }
}

interface Asked {
  readonly calls: readonly Span[]
  /** Outer ones before inner ones. */
  readonly functions: readonly (Span & { readonly async: boolean })[]
}

function asked(file: string, text: string): Asked {
  const calls: Span[] = []
  const functions: (Span & { readonly async: boolean })[] = []
  const enter = (node: Span & { readonly async: boolean }): void => void functions.push(node)
  new Visitor({
    CallExpression: (node) => void calls.push(node),
    ArrowFunctionExpression: enter,
    FunctionExpression: enter,
    FunctionDeclaration: enter,
  }).visit(parseSync(file, text).program)
  return { calls, functions }
}

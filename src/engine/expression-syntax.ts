import { type Expr, Lexer, Parser, wellKnownFunctions } from '@actions/expressions'
import {
  type Binary,
  ContextAccess,
  type ExprVisitor,
  type FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  type Logical,
  Star,
  type Unary,
} from '@actions/expressions/ast'

const contexts = ['event', 'needs', 'steps', 'inputs'] as const
export const statusFunctions = ['success', 'failure', 'always', 'cancelled'] as const

/** The way into a context, e.g. ["needs", "fix", "outputs", "proof"]; null where it is only known at run time or is `*`. */
export type Reference = readonly (string | null)[]

export interface Syntax {
  readonly tree: Expr
  readonly references: readonly Reference[]
  /** Lower case, in the order of appearance. */
  readonly functions: readonly string[]
}

/** An expression that does not parse. Its message is a sentence for people. */
export class ExpressionSyntaxError extends Error {}

/** Parses what stands in `${{ }}`, or alone after `if:`. Throws ExpressionSyntaxError. */
export function parseExpression(expression: string): Syntax {
  const tree = treeOf(withoutBraces(expression))
  const found = new Findings()
  tree.accept(found)
  const unknown = found.functions.find((name) => !isFunction(name))
  if (unknown !== undefined) throw new ExpressionSyntaxError(`Unrecognized function: '${unknown}'`)
  return { tree, references: found.references, functions: found.functions }
}

/** The expressions in a text with `${{ }}`; `whole` when the text is nothing else. Throws ExpressionSyntaxError on an open brace. */
export function templatesIn(text: string): readonly { source: string; whole: boolean }[] {
  const templates = [...text.matchAll(template)].map(([source]) => ({
    source,
    whole: source === text.trim(),
  }))
  if (text.replaceAll(template, '').includes('${{')) {
    throw new ExpressionSyntaxError("'${{' without '}}'")
  }
  return templates
}

/** `${{ … }}`, whose end is not inside a quoted string. */
const template = /\$\{\{(?:'[^']*'|[^'])*?\}\}/g

function withoutBraces(expression: string): string {
  const text = expression.trim()
  const [only] = text.match(template) ?? []
  return only === text ? text.slice(3, -2) : text
}

function treeOf(expression: string): Expr {
  const functions = statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }))
  if (expression.trim() === '') throw new ExpressionSyntaxError('The expression is empty')
  try {
    return new Parser(new Lexer(expression).lex().tokens, [...contexts], functions).parse()
  } catch (error) {
    throw new ExpressionSyntaxError(error instanceof Error ? error.message : String(error))
  }
}

/** The parser finds functions by looking into an object, where it also sees `constructor` and its like. */
function isFunction(name: string): boolean {
  return Object.hasOwn(wellKnownFunctions, name) || statusFunctions.some((known) => known === name)
}

class Findings implements ExprVisitor<void> {
  readonly references: Reference[] = []
  readonly functions: string[] = []

  visitLiteral(_literal: Literal): void {
    // Refers to nothing.
  }

  visitUnary({ expr }: Unary): void {
    expr.accept(this)
  }

  visitBinary({ left, right }: Binary): void {
    left.accept(this)
    right.accept(this)
  }

  visitLogical({ args }: Logical): void {
    for (const arg of args) arg.accept(this)
  }

  visitGrouping({ group }: Grouping): void {
    group.accept(this)
  }

  visitContextAccess({ name }: ContextAccess): void {
    this.references.push([name.lexeme.toLowerCase()])
  }

  visitIndexAccess(access: IndexAccess): void {
    const { root, way } = unwound(access)
    if (root instanceof ContextAccess) {
      this.references.push([root.name.lexeme.toLowerCase(), ...way.map(nameOf)])
    } else {
      root.accept(this)
    }
    for (const index of way) if (!(index instanceof Star)) index.accept(this)
  }

  visitFunctionCall({ functionName, args }: FunctionCall): void {
    this.functions.push(functionName.lexeme.toLowerCase())
    for (const arg of args) arg.accept(this)
  }
}

/** `a.b[c]` is `a` and the way `b`, `c`. */
function unwound(access: IndexAccess): { readonly root: Expr; readonly way: readonly Expr[] } {
  const way: Expr[] = []
  let root: Expr = access
  while (root instanceof IndexAccess || root instanceof Grouping) {
    if (root instanceof IndexAccess) way.unshift(root.index)
    root = root instanceof IndexAccess ? root.expr : root.group
  }
  return { root, way }
}

function nameOf(index: Expr): string | null {
  return index instanceof Literal ? index.literal.coerceString() : null
}

import {
  type CatchClause,
  type Comment,
  type IfStatement,
  type ParamPattern,
  type Statement,
  type Directive,
  type TryStatement,
  parseSync,
  Visitor,
} from 'oxc-parser'

type Listed = Statement | Directive

/** What a file consists of, as far as something may be deleted from it. */
export interface Syntax {
  readonly text: string
  /** Statements that stand in a list, so that one may go without leaving a hole. */
  readonly statements: readonly Listed[]
  /** The statements of the file itself. */
  readonly topLevel: readonly Statement[]
  readonly ifs: readonly IfStatement[]
  readonly tries: readonly TryStatement[]
  readonly catches: readonly CatchClause[]
  readonly parameters: readonly ParamPattern[]
  readonly comments: readonly Comment[]
  /** How often a name stands in the file, as anything. */
  readonly occurrences: (name: string) => number
}

/** Reads a file's syntax; null when it does not parse, so that nobody edits what they do not understand. */
export function syntaxOf(file: string, text: string): Syntax | null {
  const { program, comments, errors } = parseSync(file, text)
  if (errors.length > 0) return null
  const statements: Listed[] = []
  const ifs: IfStatement[] = []
  const tries: TryStatement[] = []
  const catches: CatchClause[] = []
  const parameters: ParamPattern[] = []
  const places = new Map<string, Set<number>>()
  const seen = ({ name, start }: { readonly name: string; readonly start: number }): void => {
    places.set(name, (places.get(name) ?? new Set()).add(start))
  }
  new Visitor({
    Program: ({ body }) => void statements.push(...body),
    BlockStatement: ({ body }) => void statements.push(...body),
    StaticBlock: ({ body }) => void statements.push(...body),
    TSModuleBlock: ({ body }) => void statements.push(...body),
    SwitchCase: ({ consequent }) => void statements.push(...consequent),
    IfStatement: (node) => void ifs.push(node),
    TryStatement: (node) => void tries.push(node),
    CatchClause: (node) => void catches.push(node),
    FunctionDeclaration: ({ params }) => void parameters.push(...params),
    FunctionExpression: ({ params }) => void parameters.push(...params),
    ArrowFunctionExpression: ({ params }) => void parameters.push(...params),
    Identifier: seen,
    JSXIdentifier: seen,
  }).visit(program)
  const occurrences = (name: string): number => places.get(name)?.size ?? 0
  const topLevel = program.body.filter((each) => each.type !== 'ExpressionStatement')
  return { text, statements, topLevel, ifs, tries, catches, parameters, comments, occurrences }
}

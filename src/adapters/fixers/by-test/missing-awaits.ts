import {
  type CallExpression,
  type Expression,
  type FunctionBody,
  parseSync,
  Visitor,
} from 'oxc-parser'

import { builtInNames } from './known-names.ts'
import type { Source } from './reach.ts'
import type { Suspect } from './suspect.ts'

/**
 * Calls in asynchronous functions that nobody waits for, of something that the repository declares `async` under that
 * name. Whether a promise was taken for its value, only a failing test can say, by passing when it is awaited.
 */
export function missingAwaits(
  reached: readonly Source[],
  programs: readonly Source[],
): readonly Suspect[] {
  const asynchronous = new Set(programs.flatMap(asyncNames))
  const calls = reached.flatMap((source) =>
    unawaited(source, asynchronous).map((call) => ({ source, call })),
  )
  // `get` and `find` are mostly those of the language.
  const own = calls.filter(({ call }) => !builtInNames().has(call.name))
  const taken = calls.length > few ? own : calls
  return taken.map(({ source, call }) => suspectOf(source, call))
}

const few = 12

interface Span {
  readonly start: number
  readonly end: number
}

type Waited = Expression | FunctionBody

interface Call extends Span {
  readonly name: string
  /** Its result is used as an object or called: parentheses are needed. */
  readonly bound: boolean
}

function suspectOf({ path, text }: Source, { start, end, bound }: Call): Suspect {
  const call = text.slice(start, end)
  const [line = ''] = call.split('\n')
  const said = line.length > 60 || line !== call ? `${line.slice(0, 60)}…` : line
  const awaited = bound ? `(await ${call})` : `await ${call}`
  return {
    strategy: 'tests/await',
    description: `Awaited \`${said}\` in ${path}`,
    rootCause: `${path} used the promise of \`${said}\` as if it were its value`,
    edit: { path, content: text.slice(0, start) + awaited + text.slice(end) },
  }
}

const declared =
  /\basync\s+function\s*\*?\s*([\w$]+)|\basync\s+(?!function\b)(#?[\w$]+)\s*\(|([\w$]+)\s*[:=]\s*async\b/g

/** What is declared `async`, by its name: functions, methods, and constants that hold one. */
function asyncNames({ text }: Source): readonly string[] {
  if (!text.includes('async')) return []
  return [...text.matchAll(declared)].flatMap(([, first, second, third]) => {
    const name = first ?? second ?? third
    return name === undefined ? [] : [name.replace(/^#/, '')]
  })
}

function unawaited({ path, text }: Source, asynchronous: ReadonlySet<string>): readonly Call[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) return []
  const calls: CallExpression[] = []
  const waited = new Set<Span>()
  const bound = new Set<CallExpression>()
  const functions: (Span & { readonly async: boolean })[] = []
  const enter = (node: Span & { readonly async: boolean }): void => void functions.push(node)
  const skip = (node: Waited | null): void => {
    if (node?.type === 'ParenthesizedExpression') skip(node.expression)
    else if (node) waited.add(node)
  }
  new Visitor({
    CallExpression: (node) => {
      calls.push(node)
      if (node.callee.type === 'CallExpression') bound.add(node.callee)
    },
    MemberExpression: ({ object }) => void (object.type === 'CallExpression' && bound.add(object)),
    AwaitExpression: ({ argument }) => skip(argument),
    // A promise that is handed on is as good as its value.
    ReturnStatement: ({ argument }) => skip(argument),
    ArrowFunctionExpression: (node) => {
      enter(node)
      if (node.expression) skip(node.body)
    },
    FunctionExpression: enter,
    FunctionDeclaration: enter,
  }).visit(program)
  return calls
    .filter((node) => !waited.has(node) && asynchronous.has(calleeOf(node) ?? ''))
    .filter((node) => homeOf(functions, node)?.async === true)
    .map((node) => ({
      start: node.start,
      end: node.end,
      name: calleeOf(node) ?? '',
      bound: bound.has(node),
    }))
}

function calleeOf({ callee }: CallExpression): string | null {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.computed) return null
  const { property } = callee
  return property.type === 'Identifier' || property.type === 'PrivateIdentifier'
    ? property.name
    : null
}

function homeOf<Kind extends Span>(functions: readonly Kind[], node: Span): Kind | undefined {
  return functions.findLast((each) => each.start <= node.start && node.end <= each.end)
}

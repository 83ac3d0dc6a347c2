import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

import type { Scalar } from './workflow-file.ts'

/** What an expression may ask for here, by context name. Everything else is only known while GitHub runs it. */
export type Contexts = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export type Resolved =
  | { readonly kind: 'known'; readonly text: string }
  /** `because` is a sentence: what the expression needs. */
  | { readonly kind: 'unknown'; readonly because: string }

/** The text of a scalar with its expressions evaluated by GitHub's own evaluator. */
export function resolve(scalar: Scalar | undefined, contexts: Contexts): Resolved {
  if (typeof scalar !== 'object' || scalar === null)
    return { kind: 'known', text: String(scalar ?? '') }
  const value = evaluate(scalar.expression, contexts)
  if (value.kind === 'unknown') return value
  return { kind: 'known', text: undented(value.text) }
}

/** Whether a condition lets a step or job run on a push or a pull request. */
export function allows(condition: Scalar | undefined, contexts: Contexts): boolean | string {
  if (condition === undefined || condition === null) return true
  const source = typeof condition === 'object' ? condition.expression : String(condition)
  // Steps that run only after a failure judge nothing.
  if (/(?<!!\s{0,3})\b(?:failure|cancelled)\(\)/.test(source)) return false
  // Whose repository it is, and what earlier steps found out, decide where and when, not what is checked.
  if (/\bgithub\.(?:repository|actor|event\.|head_ref|base_ref)|\b(?:needs|steps)\./.test(source))
    return true
  const answers = events.map((github) => evaluate(source, { ...contexts, github }))
  const unknown = answers.find((answer) => answer.kind === 'unknown')
  if (unknown) return unknown.because
  return answers.some((answer) => answer.kind === 'known' && answer.truthy)
}

const events = [
  { event_name: 'push', ref: 'refs/heads/main', ref_name: 'main', ref_type: 'branch' },
  { event_name: 'pull_request', ref: 'refs/pull/1/merge', ref_name: '1/merge', ref_type: 'branch' },
]

type Value =
  | { readonly kind: 'known'; readonly text: string; readonly truthy: boolean }
  | { readonly kind: 'unknown'; readonly because: string }

function evaluate(source: string, contexts: Contexts): Value {
  try {
    const { tokens } = new Lexer(source).lex()
    const tree = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse()
    const value = new Evaluator(tree, asData(contexts), functions).evaluate()
    const text = value.coerceString()
    return { kind: 'known', text, truthy: !['', 'false', '0'].includes(text) }
  } catch (error) {
    const name =
      /named-value: '([\w-]+)'/.exec(String(error))?.[1] ?? 'something that only GitHub knows'
    return { kind: 'unknown', because: `It uses ${name}.` }
  }
}

function asData(contexts: Contexts): data.Dictionary {
  return new data.Dictionary(
    ...Object.entries(contexts).map(([key, values]) => ({ key, value: dictionary(values) })),
  )
}

function dictionary(values: Readonly<Record<string, unknown>>): data.Dictionary {
  return new data.Dictionary(
    ...Object.entries(values).map(([key, value]) => ({ key, value: literal(value) })),
  )
}

function literal(value: unknown): data.ExpressionData {
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value !== 'object' || value === null) return new data.Null()
  if (Array.isArray(value)) return new data.Array(...value.map(literal))
  return dictionary(Object.fromEntries(Object.entries(value)))
}

const yes = (): data.BooleanData => new data.BooleanData(true)
const no = (): data.BooleanData => new data.BooleanData(false)
const functions = new Map(
  [
    { name: 'success', minArgs: 0, maxArgs: 0, call: yes },
    { name: 'always', minArgs: 0, maxArgs: 0, call: yes },
    { name: 'failure', minArgs: 0, maxArgs: 0, call: no },
    { name: 'cancelled', minArgs: 0, maxArgs: 0, call: no },
  ].map((each) => [each.name, each]),
)

/** GitHub's parser keeps the indentation of a block scalar that holds an expression. */
function undented(text: string): string {
  const lines = text.split('\n')
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0)
  const indent = Math.min(...indents, 200)
  return lines.map((line) => line.slice(indent)).join('\n')
}

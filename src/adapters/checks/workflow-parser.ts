import { registerHooks } from 'node:module'

import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token'

/** A workflow as plain data. Where an expression stands, its source stands in an object of its own. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | { readonly expression: string }
  | readonly Plain[]
  | { readonly [key: string]: Plain }

/** Parses a workflow file with GitHub's own parser; null when GitHub would not accept it. */
export async function parseWorkflowFile(name: string, content: string): Promise<Plain | null> {
  parser ??= loadParser()
  const { parseWorkflow, NoOperationTraceWriter } = await parser
  const { value, context } = parseWorkflow({ name, content }, new NoOperationTraceWriter())
  if (value === undefined || context.errors.getErrors().length > 0) return null
  return plain(value, await parser)
}

/** Starts loading the parser, a quarter of a second of work, while the process still waits for other things. */
export function prepareParser(): void {
  parser ??= loadParser()
  // Whoever parses gets the failure.
  parser.catch(() => undefined)
}

type Parser = typeof import('@actions/workflow-parser')

let parser: Promise<Parser> | null = null

/** The package imports its schema without saying that it is JSON, which Node refuses: say it for the package. */
async function loadParser(): Promise<Parser> {
  const hooks = registerHooks({
    load: (url, context, next) =>
      url.endsWith('.min.json')
        ? next(url, { ...context, importAttributes: { ...context.importAttributes, type: 'json' } })
        : next(url, context),
  })
  try {
    return await import('@actions/workflow-parser')
  } finally {
    hooks.deregister()
  }
}

function plain(token: TemplateToken, guards: Parser): Plain {
  if (guards.isMapping(token)) {
    const pairs: [string, Plain][] = []
    for (const { key, value } of token) pairs.push([key.toString(), plain(value, guards)])
    return Object.fromEntries(pairs)
  }
  if (guards.isSequence(token)) {
    const items: Plain[] = []
    for (const item of token) items.push(plain(item, guards))
    return items
  }
  if (guards.isBasicExpression(token)) return { expression: token.expression }
  if (guards.isString(token) || guards.isNumber(token) || guards.isBoolean(token))
    return token.value
  return null
}

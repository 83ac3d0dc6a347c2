import type { ValidateFunction } from 'ajv'

import { type Operation, operationOf, restSchemas, routeOf } from './description.ts'

/** Where a request or an answer is not as GitHub describes it. */
export interface Deviation {
  /** `POST /repos/{owner}/{repo}/issues`, or the path itself where GitHub has no such route. */
  readonly route: string
  readonly side: 'request' | 'answer' | 'webhook'
  readonly problems: readonly string[]
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

interface Answered {
  readonly status: number
  readonly body: string
}

/** What GitHub's description says against a request; an unknown route is one too. */
export function judgeRequest({ method, path, query, body }: Asked): Deviation | null {
  const operation = operationOf(method, path)
  if (operation === null)
    return { route: `${method} ${path}`, side: 'request', problems: ['no such route'] }
  const problems = [...queryProblems(operation, query), ...bodyProblems(operation, body)]
  return deviation(operation, 'request', problems)
}

/** What GitHub's description says against an answer. */
export function judgeAnswer(
  asked: Pick<Asked, 'method' | 'path'>,
  answer: Answered,
): Deviation | null {
  const operation = operationOf(asked.method, asked.path)
  if (operation === null) return null
  return deviation(operation, 'answer', answerProblems(operation, answer))
}

function deviation(
  operation: Operation,
  side: Deviation['side'],
  problems: readonly string[],
): Deviation | null {
  return problems.length === 0 ? null : { route: routeOf(operation), side, problems }
}

function queryProblems({ id, query }: Operation, given: URLSearchParams): string[] {
  const unknown = [...given.keys()].filter((name) => !query.some((one) => one.name === name))
  const values = query.flatMap(({ name, schema, required }, index) => {
    const text = given.get(name)
    if (text === null) return required === true ? [`query ${name} is missing`] : []
    const validate = restSchemas.compiled(`${id} query ${index}`, schema)
    return [text, Number(text), text === 'true'].some((value) => validate(value))
      ? []
      : [`query ${name}: ${text} is not valid`]
  })
  return [...unknown.map((name) => `query ${name} is not described`), ...values]
}

function bodyProblems({ id, body, bodyRequired }: Operation, text: string): string[] {
  if (text === '') return bodyRequired ? ['the body is missing'] : []
  // Clients may send an empty object where GitHub wants nothing.
  if (body === null) return text === '{}' ? [] : ['a body is not described']
  return complaints(restSchemas.compiled(`${id} body`, body), parsed(text))
}

function answerProblems({ id, responses }: Operation, { status, body }: Answered): string[] {
  const described = responses[status]
  if (described !== undefined) {
    if (described === null) return body === '' || body === '{}' ? [] : ['a body is not described']
    return complaints(restSchemas.compiled(`${id} ${status}`, described), parsed(body))
  }
  if (status < 400) return [`status ${status} is not described`]
  return complaints(restSchemas.compiled('basic-error', basicError), parsed(body))
}

const basicError = { $ref: '#/components/schemas/basic-error' }

export function complaints(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '(body)'} ${message ?? ''} ${JSON.stringify(params)}`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

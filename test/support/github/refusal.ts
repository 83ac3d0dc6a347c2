import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What GitHub says in `errors` of a 422. */
export interface Problem {
  readonly resource: string
  readonly code:
    | 'missing'
    | 'missing_field'
    | 'invalid'
    | 'already_exists'
    | 'custom'
    | 'unprocessable'
  readonly field?: string
  readonly message?: string
}

/** Thrown by a route: GitHub's own way to say no. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode
  readonly problems: readonly (Problem | string)[] | null
  constructor(
    status: ContentfulStatusCode,
    message: string,
    problems: readonly (Problem | string)[] | null = null,
  ) {
    super(message)
    this.status = status
    this.problems = problems
  }

  body() {
    return {
      message: this.message,
      ...(this.problems === null ? {} : { errors: this.problems }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    }
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found')
}

export function invalid(...problems: readonly Problem[]): Refusal {
  return new Refusal(422, 'Validation Failed', problems)
}

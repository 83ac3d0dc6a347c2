import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'

const restShape = z.object({
  operations: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      path: z.string(),
      query: z.array(
        z.object({ name: z.string(), required: z.boolean().optional(), schema: z.unknown() }),
      ),
      bodyRequired: z.boolean(),
      body: z.unknown(),
      responses: z.record(z.string(), z.unknown()),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

const webhooksShape = z.object({
  payloads: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

/** One operation of GitHub's, as its OpenAPI description has it. */
export type Operation = z.infer<typeof restShape>['operations'][number]

const rest = restShape.parse(read('rest.json'))
const webhooks = webhooksShape.parse(read('webhooks.json'))

export const restSchemas = schemasOf(rest.components)
const webhookSchemas = schemasOf(webhooks.components)

const routes = rest.operations.map((operation) => ({
  operation,
  pattern: patternOf(operation.path),
  fixed: operation.path.split('/').filter((part) => !part.startsWith('{')).length,
}))

/** Every route that is described here: `GET /repos/{owner}/{repo}`. */
export const describedRoutes = rest.operations.map(routeOf)

/** Every webhook that is described here: `push`, `issues.opened`. */
export const describedPayloads = Object.keys(webhooks.payloads)

export function routeOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`
}

/** The operation a request asks for; of two that fit, the one with more fixed words. */
export function operationOf(method: string, path: string): Operation | null {
  const fitting = routes
    .filter(
      ({ operation, pattern }) => operation.method === method.toLowerCase() && pattern.test(path),
    )
    .toSorted((one, other) => other.fixed - one.fixed)
  return fitting[0]?.operation ?? null
}

/** A path or a ref may hold slashes, and a path may be empty; nothing else may. */
function patternOf(path: string): RegExp {
  const open = path
    .replaceAll('/{path}', '(?:/.*)?')
    .replaceAll('{ref}', '.+')
    .replaceAll(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${open}$`)
}

/** The check of a webhook's payload; null where GitHub describes no such event. */
export function payloadCheck(event: string, action: string | null): ValidateFunction | null {
  const name = action === null ? event : `${event}.${action}`
  const schema = webhooks.payloads[name]
  return schema === undefined ? null : webhookSchemas.compiled(name, schema)
}

interface Schemas {
  /** Compiled at first use: all of them take seconds, a test needs a few. */
  compiled(name: string, schema: unknown): ValidateFunction
}

function schemasOf(components: Readonly<Record<string, unknown>>): Schemas {
  // Formats of GitHub's own, such as repo.nwo, are not known to anybody else.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    // Each is used a few times: what counts is how long compiling takes, here a quarter.
    inlineRefs: false,
    code: { optimize: false },
  })
  addFormats.default(ajv)
  // A commit may bear any address, and that of every bot has brackets: `1+keeper[bot]@…`.
  ajv.addFormat('email', true)
  ajv.addSchema({ $id: 'github', components })
  const known = new Map<string, ValidateFunction>()
  return {
    compiled(name, schema) {
      const before = known.get(name)
      if (before !== undefined) return before
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/')
      const validate = ajv.compile(JSON.parse(text))
      known.set(name, validate)
      return validate
    },
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'description', file), 'utf8'))
}

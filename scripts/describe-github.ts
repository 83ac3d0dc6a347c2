// Writes the parts of GitHub's OpenAPI descriptions that the tests' GitHub-shaped server is held
// against. The whole packages weigh 450 MB unpacked and are needed only when this is run.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { operations, webhooks } from './github-operations.ts'
import { isJson, plainSchema, schemasBelow, strictBody } from './openapi-schema.ts'

type Json = Readonly<Record<string, unknown>>

const target = join(import.meta.dirname, '../test/support/github/description')
/** Where the description contradicts itself and GitHub's own answers. */
const corrections: Readonly<Record<string, Json>> = {
  // In this list an account would have to be a user and an enterprise at once; elsewhere it is either.
  'apps/list-installations': {
    '200': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
  },
  // Exactly one of two shapes, of which the looser takes whatever the other does.
  'repos/create-or-update-file-contents': {
    '409': { $ref: '#/components/schemas/basic-error' },
  },
  // Described in words only: "Conflict merging main into topic".
  'repos/create-deployment': { '409': { $ref: '#/components/schemas/basic-error' } },
  // Described without a body; GitHub says "Not Found" as everywhere.
  'teams/get-membership-for-user-in-org': {
    '404': { $ref: '#/components/schemas/basic-error' },
  },
}
/** Issues without a text have none in lists, and so they have in what is found. A deployment without a log has no address of one. */
const correctedSchemas: Readonly<Record<string, Json>> = {
  'issue-search-result-item': { body: { type: ['string', 'null'] } },
  'deployment-status': { target_url: { type: 'string' } },
}
const methods = ['get', 'post', 'put', 'patch', 'delete']
/** What any operation may answer, whether its own description lists it or not. */
const basicErrors = ['basic-error', 'validation-error', 'validation-error-simple'].map((name) => ({
  $ref: `#/components/schemas/${name}`,
}))

writeRest('@octokit/openapi@23.0.2')
writeWebhooks('@octokit/openapi-webhooks@12.1.0')

function writeRest(from: string): void {
  const whole = described(from)
  const found = Object.entries(at(whole, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => operation(whole, { path, method, of: at(item, method) })),
  )
  missing(
    operations,
    found.map(({ id }) => id),
  )
  write('rest.json', whole, { from, operations: found })
}

function operation(whole: Json, { path, method, of }: { path: string; method: string; of: Json }) {
  const id = String(of['operationId'])
  if (!operations.includes(id)) return []
  const parameters = list(of['parameters']).map((one) => resolved(whole, one))
  const query = parameters
    .filter((parameter) => parameter['in'] === 'query')
    .map(({ name, required, schema }) => ({ name, required, schema: plainSchema(schema) }))
  const body = at(of, 'requestBody')
  const schema = at(body, 'content', 'application/json')['schema']
  const responses = Object.entries(at(of, 'responses')).map(([status, response]) => {
    const answer = at(resolved(whole, response), 'content', 'application/json')['schema']
    return [status, answer === undefined ? null : plainSchema(answer)] as const
  })
  const corrected = { ...Object.fromEntries(responses), ...corrections[id] }
  return [
    {
      id,
      method,
      path,
      query,
      bodyRequired: body['required'] === true,
      body: schema === undefined ? null : strictBody(plainSchema(resolvedSchema(whole, schema))),
      responses: corrected,
    },
  ]
}

function writeWebhooks(from: string): void {
  const whole = described(from)
  const all = at(whole, 'webhooks')
  missing(webhooks.map(theirName), Object.keys(all))
  const payloads = webhooks.map((name) => {
    const content = at(all, theirName(name), 'post', 'requestBody', 'content', 'application/json')
    return [name, plainSchema(content['schema'])] as const
  })
  write('webhooks.json', whole, { from, payloads: Object.fromEntries(payloads) })
}

/** `check_run.created` is `check-run-created` in the description. */
function theirName(event: string): string {
  return event.replaceAll(/[._]/g, '-')
}

function write(file: string, whole: Json, content: Json): void {
  const all = at(whole, 'components', 'schemas')
  const needed = [...schemasBelow({ ...content, also: basicErrors }, all)].toSorted()
  const schemas = Object.fromEntries(
    needed.map((name) => [name, correctedSchema(name, plainSchema(all[name]))]),
  )
  const text = JSON.stringify({ ...content, components: { schemas } })
  writeFileSync(join(target, file), `${text}\n`)
}

function correctedSchema(name: string, schema: unknown): unknown {
  const corrections = correctedSchemas[name]
  if (corrections === undefined || !isJson(schema)) return schema
  return { ...schema, properties: { ...at(schema, 'properties'), ...corrections } }
}

function described(from: string): Json {
  const place = mkdtempSync(join(tmpdir(), 'github-description-'))
  try {
    const packed = execFileSync('npm', ['pack', '--silent', from], { cwd: place, encoding: 'utf8' })
    const inside = 'package/generated/api.github.com.json'
    execFileSync('tar', ['-xzf', packed.trim(), inside], { cwd: place })
    return json(JSON.parse(readFileSync(join(place, inside), 'utf8')))
  } finally {
    rmSync(place, { recursive: true })
  }
}

function missing(wanted: readonly string[], found: readonly string[]): void {
  const absent = wanted.filter((name) => !found.includes(name))
  if (absent.length > 0) throw new Error(`GitHub describes no ${absent.join(', ')}`)
}

function resolved(whole: Json, value: unknown): Json {
  const of = json(value)
  const reference = of['$ref']
  return typeof reference === 'string' ? at(whole, ...reference.slice(2).split('/')) : of
}

function resolvedSchema(whole: Json, schema: unknown): unknown {
  return isJson(schema) ? resolved(whole, schema) : schema
}

function at(value: unknown, ...path: readonly string[]): Json {
  return path.reduce<Json>((inside, key) => json(inside[key]), json(value))
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function json(value: unknown): Json {
  return isJson(value) ? value : {}
}

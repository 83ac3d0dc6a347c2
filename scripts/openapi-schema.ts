type Json = Readonly<Record<string, unknown>>

/** Keywords that say nothing about which values are valid, or that JSON Schema does not know. */
const silent = new Set([
  'description',
  'example',
  'examples',
  'title',
  'deprecated',
  'discriminator',
  'externalDocs',
  'readOnly',
  'writeOnly',
  'xml',
  'default',
])
const single = new Set(['items', 'not', 'additionalProperties', 'contains', 'propertyNames'])
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const maps = new Set(['properties', 'patternProperties', '$defs', 'definitions'])

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** OpenAPI's dialect of a schema as plain JSON Schema: no prose, `nullable` as a type. */
export function plainSchema(schema: unknown): unknown {
  if (!isJson(schema)) return schema
  const kept = Object.entries(schema)
    .filter(([key]) => !silent.has(key) && !key.startsWith('x-') && key !== 'nullable')
    .map(([key, value]) => [key, inner(key, value)] as const)
  const plain = Object.fromEntries(kept)
  return schema['nullable'] === true ? orNull(plain) : plain
}

/** The schema of a request's body: a property GitHub does not describe is a mistake. */
export function strictBody(schema: unknown): unknown {
  if (!isJson(schema) || schema['additionalProperties'] !== undefined) return schema
  const closed = lists.flatMap((key) => {
    const branches = schema[key]
    return Array.isArray(branches) ? [[key, branches.map(withoutOpenEnd)] as const] : []
  })
  return { ...schema, ...Object.fromEntries(closed), unevaluatedProperties: false }
}

/** Names of the component schemas below a value, with all that those name themselves. */
export function schemasBelow(value: unknown, all: Json): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [value]
  while (waiting.length > 0) {
    for (const name of namesIn(waiting.pop())) {
      if (found.has(name)) continue
      found.add(name)
      waiting.push(all[name])
    }
  }
  return found
}

function namesIn(value: unknown): string[] {
  const names = JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)
  return [...names].map((match) => match[1] ?? '')
}

function inner(key: string, value: unknown): unknown {
  if (single.has(key)) return plainSchema(value)
  if (lists.includes(key) && Array.isArray(value)) return value.map(plainSchema)
  if (!maps.has(key) || !isJson(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [name, plainSchema(withoutOldList(name, of))]),
  )
}

/** Where an app's events are listed one by one, the list is older than workflow_job. */
function withoutOldList(name: string, schema: unknown): unknown {
  if (name !== 'events' || !isJson(schema) || !isJson(schema['items'])) return schema
  const { enum: _old, ...items } = schema['items']
  return { ...schema, items }
}

function orNull(schema: Json): unknown {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const { enum: values, type } = schema
  const nullable = { ...schema, type: [type, 'null'] }
  return Array.isArray(values) ? { ...nullable, enum: [...values, null] } : nullable
}

function withoutOpenEnd(branch: unknown): unknown {
  if (!isJson(branch)) return branch
  const { additionalProperties: _open, ...rest } = branch
  return rest
}

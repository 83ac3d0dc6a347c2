import { z } from 'zod'

export interface Explained {
  readonly path: readonly PropertyKey[]
  readonly problem: string
  readonly remedy: string
}

type Issue = z.core.$ZodIssue

/** What a schema objects to, in sentences that know nothing of schemas; one per unknown key. Needs `reportInput`. */
export function explainIssue(issue: Issue, schema: z.ZodType): readonly Explained[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const remedy = `Known are: ${keysAt(schema, path).join(', ')}.`
    return issue.keys.map((key) => ({
      path: [...path, key],
      problem: `"${key}" is not known here`,
      remedy,
    }))
  }
  const [problem, remedy] =
    issue.input === undefined && issue.code !== 'custom' ? missing(issue) : sentences(issue)
  return [{ path, problem, remedy }]
}

function missing(issue: Issue): readonly [string, string] {
  const expected = issue.code === 'invalid_type' ? ` It must be ${nounOf(issue.expected)}.` : ''
  return [`${nameOf(issue.path)} is missing`, `Add it.${expected}`]
}

function sentences(issue: Issue): readonly [string, string] {
  const name = nameOf(issue.path)
  const given = nounOf(typeOf(issue.input))
  if (issue.code === 'invalid_type') {
    const remedy = ways[issue.expected] ?? 'Correct the value.'
    return [`${name} must be ${nounOf(issue.expected)}, not ${given}`, remedy]
  }
  if (issue.code === 'invalid_union') {
    return [`${name} cannot be ${given} like this`, `Use ${choiceOf(issue)}.`]
  }
  if (issue.code === 'too_small') return tooSmall(issue, name)
  if (issue.code === 'too_big') return [`${name} must be at most ${issue.maximum}`, 'Give less.']
  return sentencesAboutText(issue, name)
}

function sentencesAboutText(issue: Issue, name: string): readonly [string, string] {
  const given = JSON.stringify(issue.input)
  if (issue.code === 'invalid_value') {
    return [`${name} cannot be ${given}`, `Choose: ${issue.values.join(', ')}.`]
  }
  if (issue.code === 'invalid_format')
    return [`${name} cannot be ${given}`, `Use ${issue.message}.`]
  if (issue.code === 'invalid_key') {
    return [`${name} is not a possible name`, `Use ${issue.issues[0]?.message ?? 'another'}.`]
  }
  return [`${name} is not right`, `${issue.message}.`]
}

function tooSmall(
  { origin, minimum, inclusive }: Extract<Issue, { code: 'too_small' }>,
  name: string,
): readonly [string, string] {
  if (origin === 'string') return [`${name} is empty`, 'Write something there, or remove it.']
  if (origin === 'array') return [`${name} has too few items`, `Give at least ${minimum}.`]
  return [
    `${name} must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`,
    'Give more.',
  ]
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
  null: 'nothing',
}

const ways: Readonly<Record<string, string>> = {
  string: 'Put it in quotes.',
  number: 'Write it without quotes.',
  int: 'Leave out the decimals.',
  boolean: 'Write true or false without quotes.',
  array: 'Begin each item with "- " on its own line.',
  object: 'Write "key: value" on lines below it.',
  record: 'Write "key: value" on lines below it.',
}

function nounOf(type: string): string {
  return nouns[type] ?? type
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** What any branch of a union would have taken, each once. */
function choiceOf({ errors }: Extract<Issue, { code: 'invalid_union' }>): string {
  const types = errors.flat().flatMap((issue) => {
    if (issue.code === 'invalid_union') return [choiceOf(issue)]
    return issue.code === 'invalid_type' ? [nounOf(issue.expected)] : []
  })
  return [...new Set(types)].join(' or ')
}

function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  if (last === undefined) return 'The file'
  return typeof last === 'number'
    ? `Item ${last + 1} of ${nameOf(path.slice(0, -1))}`
    : `"${String(last)}"`
}

/** The keys that the schema takes at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: z.core.JSONSchema._JSONSchema | undefined = z.toJSONSchema(schema, { io: 'input' })
  for (const key of path) at = typeof at === 'object' ? below(at, key) : undefined
  return typeof at === 'object' ? Object.keys(at.properties ?? {}) : []
}

function below(
  { properties, items, additionalProperties }: z.core.JSONSchema.BaseSchema,
  key: PropertyKey,
): z.core.JSONSchema._JSONSchema | undefined {
  if (typeof key === 'number') return Array.isArray(items) ? undefined : items
  return properties?.[String(key)] ?? additionalProperties
}

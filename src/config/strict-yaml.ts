import type { z } from 'zod'

import { explainIssue } from './explain-issue.ts'
import { type Complaint, type Position, readYamlText } from './yaml-text.ts'

export type StrictYaml<T> =
  | { readonly kind: 'invalid'; readonly complaints: readonly [Complaint, ...Complaint[]] }
  | {
      readonly kind: 'valid'
      readonly value: T
      readonly locate: (path: readonly PropertyKey[]) => Position
    }

/** Text → what the schema makes of it, or every objection at its line. An empty file is an empty block of keys. */
export function readStrictYaml<T>(text: string, schema: z.ZodType<T>): StrictYaml<T> {
  const yaml = readYamlText(text)
  if (yaml.kind === 'broken') return { kind: 'invalid', complaints: [yaml.complaint] }
  const parsed = schema.safeParse(yaml.data ?? {}, { reportInput: true })
  if (parsed.success) return { kind: 'valid', value: parsed.data, locate: yaml.locate }
  const [first, ...others] = parsed.error.issues
    .flatMap((issue) => explainIssue(issue, schema))
    .map(({ path, problem, remedy }) => ({ ...yaml.locate(path), problem, remedy }))
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
  if (first === undefined) throw parsed.error
  return { kind: 'invalid', complaints: [first, ...others] }
}

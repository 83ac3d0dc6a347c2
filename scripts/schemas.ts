import { z } from 'zod'

import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { workflow } from '#domain/workflow.ts'

/** File name → the JSON Schema in it, for editors: the same rules that the files are read with. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  return {
    'workflow.schema.json': schemaText(workflow, 'A workflow of Goalkeeper'),
    'goalkeeper.schema.json': schemaText(repositoryConfiguration, '.github/goalkeeper.yml'),
  }
}

/** As written by hand: what has a default may be left out. */
function schemaText(schema: z.ZodType, title: string): string {
  // Draft 7 is what editors know best.
  const generated = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })
  return `${JSON.stringify({ title, ...generated }, null, 2)}\n`
}

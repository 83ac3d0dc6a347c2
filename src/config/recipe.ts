import { z } from 'zod'

import type { RecipeReader } from '#ports/recipes.ts'

import { readStrictYaml } from './strict-yaml.ts'

/** What a rule of ast-grep needs to be a recipe; the rest of its keys are for ast-grep to judge. */
const recipe = z.looseObject({
  id: z.string(),
  language: z.string(),
  rule: z.looseObject({}),
  fix: z.union([z.string(), z.looseObject({ template: z.string() })]),
})

/** The text of a file of `.github/goalkeeper/recipes` → where its rule stands, or the first thing that is wrong. Never throws. */
export function parseRecipe(text: string): ReturnType<RecipeReader['parse']> {
  const read = readStrictYaml(text, recipe)
  if (read.kind === 'invalid') return { kind: 'invalid', ...read.complaints[0] }
  return { kind: 'valid', ...read.locate(['rule']) }
}

import type { Place } from '#domain/place.ts'
import type { Recipe } from '#domain/recipe.ts'
import { recipeProblem, tooLong, tooMany, unrunnable } from '#messages/recipe.ts'
import type { Objection, RecipeReader, RecipeRunner } from '#ports/recipes.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { rulingCommit } from './default-rules.ts'
import { type FactStore, record } from './record.ts'

export const recipeFolder = '.github/goalkeeper/recipes'

/** Each one costs a look at all files. */
const mostRecipes = 20
const longestRule = 20_000

export interface RecipePorts {
  readonly repositories: Pick<Repositories, 'resolve' | 'read' | 'list'>
  readonly recipeReader: RecipeReader
  readonly recipeRunner: Pick<RecipeRunner, 'complaint'>
  readonly store: FactStore
}

interface Where {
  readonly place: Place
  readonly workspace: Workspace
}

/** The recipes that people merged into the default branch. One that cannot be used is told with its line, and left out. */
export async function recipesOf(
  ports: RecipePorts,
  { place, workspace }: Where,
  context: Pick<StepContext, 'runId' | 'note'>,
): Promise<readonly Recipe[]> {
  const { repositories } = ports
  const sha = await rulingCommit(ports, place)
  if (sha === null) return []
  const all = await repositories.list(place.mirror, sha, recipeFolder)
  const recipes: Recipe[] = []
  for (const [at, path] of all.filter((one) => /\.ya?ml$/.test(one)).entries()) {
    const rule = await repositories.read(place.mirror, sha, path)
    if (rule === null) continue
    const wrong =
      at < mostRecipes ? await objectionTo(ports, workspace, rule) : tooMany(mostRecipes)
    if (wrong === null) recipes.push({ name: nameOf(path), rule })
    else await leaveOut(ports, { path, text: recipeProblem(path, wrong) }, context)
  }
  return recipes
}

function nameOf(path: string): string {
  return path.slice(recipeFolder.length + 1).replace(/\.ya?ml$/, '')
}

async function objectionTo(
  { recipeReader, recipeRunner }: RecipePorts,
  workspace: Workspace,
  rule: string,
): Promise<Objection | null> {
  if (rule.length > longestRule) return tooLong(longestRule)
  const read = recipeReader.parse(rule)
  if (read.kind === 'invalid') return read
  const complaint = await recipeRunner.complaint(workspace, rule)
  if (complaint === null) return null
  const { line, words } = complaint
  const at = line === null ? read : { line, column: 1 }
  return { line: at.line, column: at.column, ...unrunnable(words) }
}

async function leaveOut(
  { store }: RecipePorts,
  { path, text }: { readonly path: string; readonly text: string },
  { runId, note }: Pick<StepContext, 'runId' | 'note'>,
): Promise<void> {
  note(text)
  await record(store, { runId, key: path }, { kind: 'remark', text })
}

import type { Place } from '#domain/place.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { Repositories } from '#ports/repositories.ts'

/**
 * The commit whose rules count: the default branch decides, never the change under repair, for a pull request must not
 * widen its own limits. Null where a default branch cannot be found; the head does not step in for it.
 */
export async function rulingCommit(
  { repositories }: { readonly repositories: Pick<Repositories, 'resolve'> },
  { mirror, headSha }: Place,
): Promise<string | null> {
  if (mirror.defaultBranch === null) return headSha
  return await repositories.resolve(mirror, mirror.defaultBranch)
}

export const recipeFolder = '.github/goalkeeper/recipes'

/** Each one costs a look at all files. */
const mostRecipes = 20
const longestRule = 20_000

/** The recipes that people merged into the default branch. */
export async function recipesOf(
  ports: { readonly repositories: Pick<Repositories, 'resolve' | 'read' | 'list'> },
  place: Place,
): Promise<readonly Recipe[]> {
  const { repositories } = ports
  const sha = await rulingCommit(ports, place)
  if (sha === null) return []
  const paths = await repositories.list(place.mirror, sha, recipeFolder)
  const recipes: Recipe[] = []
  for (const path of paths.filter((one) => /\.ya?ml$/.test(one)).slice(0, mostRecipes)) {
    const rule = await repositories.read(place.mirror, sha, path)
    const name = path.slice(recipeFolder.length + 1).replace(/\.ya?ml$/, '')
    if (rule !== null && rule.length <= longestRule) recipes.push({ name, rule })
  }
  return recipes
}

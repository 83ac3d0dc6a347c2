import { holds } from './access.ts'
import { accountOf, type Actor } from './actor.ts'
import { branchOf, isAncestor, moveRef } from './git/refs.ts'
import type { House, Move } from './house.ts'
import { Refusal } from './refusal.ts'
import type { Repository } from './state.ts'

interface Change {
  readonly repository: Repository
  readonly by: Actor
  readonly force: boolean
  readonly move: Move
}

/** Moves a ref as the API does: fast-forward unless forced, never a protected branch by the way. */
export async function changeRef(
  house: House,
  { repository, by, force, move }: Change,
): Promise<void> {
  const { before, after, ref } = move
  const account = accountOf(by)
  if (account === null) throw new Refusal(401, 'Requires authentication')
  if (isProtected(repository, ref) && !holds(by, repository, 'administration:write'))
    throw new Refusal(409, 'Could not update file: Changes must be made through a pull request.')
  if (!force && before !== null && after !== null) {
    if (!(await isAncestor(repository.directory, before, after)))
      throw new Refusal(422, 'Update is not a fast forward')
  }
  if (!(await moveRef(repository.directory, move)))
    throw new Refusal(409, `is at another commit but expected ${before ?? 'none'}`)
  await house.moved({ repository, by: account }, [move])
}

function isProtected(repository: Repository, ref: string): boolean {
  const branch = branchOf(ref)
  return branch !== null && repository.protectedBranches.has(branch)
}

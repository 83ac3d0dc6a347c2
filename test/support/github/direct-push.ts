import { roleOf, roleReaches } from './access.ts'
import { commitAt, refAt } from './git/refs.ts'
import { written } from './git/written.ts'
import type { House } from './house.ts'
import type { Account, Repository } from './state.ts'

export interface DirectPush {
  readonly repository: Repository
  readonly by: Account
  readonly branch: string
  readonly files: Readonly<Record<string, string>>
  /** Where the branch begins anew; left out, it goes on, or begins at `otherwise`. */
  readonly from?: string
  readonly otherwise: string | null
}

/**
 * One commit on a branch, as if this person had pushed it: a real push costs git fifteen processes, and stories make
 * hundreds. All that follows from it has happened when it is done.
 */
export async function directPush(house: House, of: DirectPush): Promise<string> {
  const { repository, by, branch, files, from, otherwise } = of
  if (!roleReaches(roleOf(repository, by), 'write'))
    throw new Error(`Write access to repository not granted to ${by.login}.`)
  const { directory } = repository
  const ref = `refs/heads/${branch}`
  const before = await refAt(directory, ref)
  const parent = from === undefined ? (before ?? otherwise) : await commitAt(directory, from)
  if (from !== undefined && parent === null) throw new Error(`There is no commit ${from}.`)
  const person = { name: by.login, email: `${by.login}@example.com` }
  const message = `change ${branch}`
  const after = await written(directory, { ref, parent, message, by: person, files })
  await house.moved({ repository, by }, [{ ref, before, after }])
  return after
}

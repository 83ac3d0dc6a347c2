import type { Variables } from '#ports/hosting.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/** Not there, not for us to see, or a permission that nobody granted yet: then nobody said anything by it. */
const unsaid: ReadonlySet<number | null> = new Set([403, 404, 422])

/** Variables of GitHub Actions, of the repository itself. */
export function githubVariables(clientFor: ClientFor): Variables {
  return {
    async read(repository, name) {
      try {
        const client = await clientFor(repository, { actions_variables: 'read' })
        const { data } = await client.rest.actions.getRepoVariable({ ...named(repository), name })
        return data.value
      } catch (error) {
        if (unsaid.has(statusOf(error))) return null
        throw error
      }
    },
  }
}

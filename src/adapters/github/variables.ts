import type { Variables } from '#ports/hosting.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/**
 * Not there, or a permission that nobody granted yet: then nobody said anything by it. GitHub also answers 403 where we asked
 * too often: that says nothing, and a switch that cannot be read is not off.
 */
function isUnsaid(error: unknown): boolean {
  const status = statusOf(error)
  if (status === 403) return /not accessible/i.test(String(error))
  return status === 404 || status === 422
}

/** Variables of GitHub Actions, of the repository itself. */
export function githubVariables(clientFor: ClientFor): Variables {
  return {
    async read(repository, name) {
      try {
        const client = await clientFor(repository, { actions_variables: 'read' })
        const { data } = await client.rest.actions.getRepoVariable({ ...named(repository), name })
        return data.value
      } catch (error) {
        if (isUnsaid(error)) return null
        throw error
      }
    },
  }
}

import type { Branches, People } from '#ports/hosting.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/** Roles as GitHub's permission endpoint names them, never as a payload does. */
export function githubPeople(clientFor: ClientFor): People {
  return {
    async roleOf(repository, username) {
      const client = await clientFor(repository, {})
      const place = { ...named(repository), username }
      const { data } = await client.rest.repos.getCollaboratorPermissionLevel(place)
      // A custom role has a name of its own; what it is built on is the permission.
      const known = ['triage', 'maintain'].includes(data.role_name ?? '')
      return known && data.role_name !== undefined ? data.role_name : data.permission
    },
    async isInTeam(repository, username, team_slug) {
      try {
        const client = await clientFor(repository, { members: 'read' })
        const place = { org: repository.owner, team_slug, username }
        const { data } = await client.rest.teams.getMembershipForUserInOrg(place)
        return data.state === 'active'
      } catch (error) {
        // No such team, not in it, or a permission that nobody granted: then it is not known to be so.
        if ([403, 404, 422].includes(statusOf(error) ?? 0)) return false
        throw error
      }
    },
  }
}

export function githubBranches(clientFor: ClientFor): Branches {
  return {
    async tip(repository, branch) {
      const client = await clientFor(repository, { contents: 'read' })
      try {
        const { data } = await client.rest.repos.getBranch({ ...named(repository), branch })
        return data.commit.sha
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
  }
}

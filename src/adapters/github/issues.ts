import type { Issues } from '#ports/hosting.ts'

import { type ClientFor, named } from './client.ts'

export function githubIssues(clientFor: ClientFor): Issues {
  return {
    async read(repository, number) {
      const client = await clientFor(repository, { issues: 'read' })
      const place = { ...named(repository), issue_number: number }
      const { data: issue } = await client.rest.issues.get(place)
      const { data: comments } = await client.rest.issues.listComments({ ...place, per_page: 100 })
      return {
        title: issue.title,
        body: issue.body ?? '',
        comments: comments.map(({ user, body }) => ({
          author: user?.login ?? null,
          body: body ?? '',
        })),
      }
    },
  }
}

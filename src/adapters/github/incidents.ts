import { incidentMark } from '#domain/incident.ts'
import type { Incidents } from '#ports/deployments.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { createdOnce } from './once.ts'

/** Incidents as issues: one per key, found again by its mark and that it is ours. */
export function githubIncidents(clientFor: ClientFor, whoWeAre: WhoWeAre): Incidents {
  return {
    async open(repository, { key, title, body, labels }) {
      const client = await clientFor(repository, { issues: 'write' })
      const { login } = await whoWeAre()
      const mark = incidentMark(key)
      const at = { ...named(repository), state: 'all', labels: 'incident', per_page: 100 } as const
      const { number, html_url: url } = await createdOnce(
        async () => {
          const known = await client.paginate(client.rest.issues.listForRepo, at)
          const ours = known.filter(({ user }) => user?.login === login)
          return ours.find((one) => one.body?.startsWith(mark) === true) ?? null
        },
        async () => {
          const wanted = { title, body: `${mark}\n${body}`, labels: [...labels] }
          return (await client.rest.issues.create({ ...named(repository), ...wanted })).data
        },
      )
      return { number, url }
    },
  }
}

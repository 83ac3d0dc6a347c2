import { z } from 'zod'

import { events, ignored } from './delivery.ts'
import { inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.literal('requested'),
  environment: z.string().min(1),
  deployment_callback_url: z.url(),
  deployment: z.object({ sha: z.string() }),
})

/** A job waits before an environment whose rule we are. Of the address only the number of the run is taken. */
export const fromDeploymentProtectionRule = translation({
  actions: ['requested'],
  payload,
  tell(sent, delivery) {
    const { owner, name } = sent.repository
    const run = runIn(sent.deployment_callback_url, `${owner.login}/${name}`)
    if (run === null) return ignored('unreadable', 'deployment_callback_url')
    return events({
      kind: 'deploy-waits',
      ...inRepositoryOf(sent, delivery),
      run,
      environment: sent.environment,
      sha: sent.deployment.sha,
    })
  },
})

/** Null where the address is not that of a run of this very repository. */
function runIn(address: string, repository: string): number | null {
  const { pathname, search, hash, username, password } = new URL(address)
  if (search !== '' || hash !== '' || username !== '' || password !== '') return null
  const shape =
    /^(?:\/api\/v3)?\/repos\/([\w.-]+\/[\w.-]+)\/actions\/runs\/(\d{1,15})\/deployment_protection_rule$/
  const [, named = '', run = ''] = shape.exec(pathname) ?? []
  return named.toLowerCase() === repository.toLowerCase() ? Number(run) : null
}

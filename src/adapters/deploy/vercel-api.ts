import { z } from 'zod'

/** The parts of Vercel's REST API that a deploy needs (vercel.com/docs/rest-api, read 2026-11). */

const project = z.object({
  id: z.string(),
  name: z.string(),
  autoAssignCustomDomains: z.boolean().default(true),
  link: z.object({ repoId: z.number().optional(), productionBranch: z.string() }).nullish(),
  targets: z.object({ production: z.object({ id: z.string() }).nullish() }).nullish(),
  lastAliasRequest: z
    .object({
      type: z.enum(['promote', 'rollback']),
      toDeploymentId: z.string(),
      jobStatus: z.enum(['succeeded', 'failed', 'skipped', 'pending', 'in-progress']),
      requestedAt: z.number(),
    })
    .nullish(),
})
export type Project = z.infer<typeof project>

const deployment = z.object({
  uid: z.string(),
  readyState: z.string(),
  readySubstate: z.enum(['STAGED', 'ROLLING', 'PROMOTED']).nullish(),
  isRollbackCandidate: z.boolean().nullish(),
  errorMessage: z.string().nullish(),
  inspectorUrl: z.string().nullable(),
  meta: z.record(z.string(), z.string()).default({}),
})
export type VercelDeployment = z.infer<typeof deployment>

/** Vercel says no, and so nothing was done. The message never has the token. */
export class VercelRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

interface At {
  readonly url: string
  readonly token: string
  readonly team: string | null
}

/** Longer than any answer takes; what is done after that is found by the next look. */
const patienceMs = 30_000

export type VercelApi = ReturnType<typeof vercelApi>

/** Calls are made once: who repeats one looks first. Throws VercelRefusal, or another error where nobody knows what was done. */
export function vercelApi({ url, token, team }: At, timeoutMs = patienceMs) {
  const call = async (
    method: 'GET' | 'POST',
    path: string,
    body: object | null = null,
  ): Promise<unknown> => {
    const address = new URL(`${url}${path}`)
    if (team !== null) address.searchParams.set('teamId', team)
    const answer = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== null && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (answer.ok) return text === '' ? null : JSON.parse(text)
    const words = `Vercel answered ${answer.status}: ${text.slice(0, 200)}`
    throw isFinal(answer.status) ? new VercelRefusal(answer.status, words) : new Error(words)
  }
  return {
    project: async (id: string) => project.parse(await call('GET', `/v9/projects/${id}`)),
    /** Production deployments of a commit, the newest first. */
    async deployments(id: string, sha: string) {
      const query = new URLSearchParams({ projectId: id, sha, target: 'production', limit: '100' })
      const found = await call('GET', `/v6/deployments?${query.toString()}`)
      return z.object({ deployments: z.array(deployment) }).parse(found).deployments
    },
    async create(wanted: object) {
      const made = await call('POST', '/v13/deployments?forceNew=1', wanted)
      return z.object({ id: z.string(), inspectorUrl: z.string().nullish() }).parse(made)
    },
    /** Points the production domains at a deployment that is there. */
    async point(how: 'promote' | 'rollback', of: { project: string; deployment: string }) {
      const version = how === 'promote' ? 'v10' : 'v1'
      await call('POST', `/${version}/projects/${of.project}/${how}/${of.deployment}`)
    },
  }
}

/** Neither a limit nor a time that was over is. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'

import { freePort } from './service.ts'

interface Deployment {
  readonly uid: string
  readonly sha: string
  readonly body: unknown
  readonly meta: Readonly<Record<string, string>>
  readyState: string
  readySubstate: 'STAGED' | 'PROMOTED' | null
}

interface Request {
  readonly type: 'promote' | 'rollback'
  readonly toDeploymentId: string
  jobStatus: 'pending' | 'succeeded' | 'failed'
  readonly requestedAt: number
}

/** What goes wrong with the next call that changes something. `hangs`: it is done, and no answer comes. */
type Fault = { readonly status: number; readonly done: boolean } | 'hangs'

const wanted = z.object({
  gitSource: z.object({ sha: z.string() }),
  meta: z.record(z.string(), z.string()),
})

/** A Vercel with one project, on loopback. Builds and moves of domains end when a test says so. */
export async function openVercel({ repoId, now }: { repoId: number; now: () => Date }) {
  const deployments: Deployment[] = []
  const faults: Fault[] = []
  const posts: string[] = []
  const tokens = new Set<string>()
  const state = { production: null as string | null, last: null as Request | null }
  const api = new Hono()
  api.use(async (c, next) => {
    tokens.add(c.req.header('authorization') ?? '')
    if (c.req.method === 'GET') return await next()
    posts.push(c.req.path)
    const fault = faults.shift()
    if (fault === undefined) return await next()
    if (fault === 'hangs' || fault.done) await next()
    if (fault === 'hangs') return await new Promise<never>(() => undefined)
    c.res = undefined
    const { status } = fault
    c.res = new Response(JSON.stringify({ error: { code: 'e', message: 'in vain' } }), { status })
    return undefined
  })
  api.get('/v9/projects/prj_1', (c) =>
    c.json({
      id: 'prj_1',
      name: 'kiosk',
      autoAssignCustomDomains: true,
      link: { type: 'github', repoId, productionBranch: 'main' },
      targets: { production: state.production === null ? null : { id: state.production } },
      lastAliasRequest: state.last,
    }),
  )
  api.get('/v6/deployments', (c) => {
    const fitting = deployments.filter(({ sha }) => sha === c.req.query('sha'))
    const shown = fitting.map((one) => ({
      ...one,
      inspectorUrl: `https://vercel.example/${one.uid}`,
    }))
    return c.json({ deployments: shown.toReversed() })
  })
  api.post('/v13/deployments', async (c) => {
    const body: unknown = await c.req.json()
    const { gitSource, meta } = wanted.parse(body)
    const uid = `dpl_${deployments.length + 1}`
    const begun = { readyState: 'BUILDING', readySubstate: null }
    deployments.push({ uid, sha: gitSource.sha, body, meta, ...begun })
    return c.json({ id: uid, inspectorUrl: `https://vercel.example/${uid}` })
  })
  const point = (type: Request['type'], toDeploymentId: string): void => {
    state.last = { type, toDeploymentId, jobStatus: 'pending', requestedAt: now().getTime() }
  }
  api.post('/v10/projects/prj_1/promote/:id', (c) => {
    point('promote', c.req.param('id'))
    return c.body(null, 201)
  })
  api.post('/v1/projects/prj_1/rollback/:id', (c) => {
    point('rollback', c.req.param('id'))
    return c.body(null, 201)
  })
  const port = await freePort()
  const server = serve({ fetch: api.fetch, port, hostname: '127.0.0.1' })
  const live = (uid: string): void => {
    state.production = uid
    const one = deployments.find((deployment) => deployment.uid === uid)
    if (one !== undefined) one.readySubstate = 'PROMOTED'
  }
  return {
    url: `http://127.0.0.1:${port}`,
    deployments,
    faults,
    posts,
    tokens,
    state,
    /** The newest build ends; unless production was rolled back it goes live by itself. */
    built(readyState: 'READY' | 'ERROR') {
      const newest = deployments.at(-1)
      if (newest === undefined) return
      Object.assign(newest, { readyState, readySubstate: readyState === 'READY' ? 'STAGED' : null })
      if (readyState === 'READY' && state.last?.type !== 'rollback') live(newest.uid)
    },
    /** The domains were moved, or could not be. */
    moved(jobStatus: 'succeeded' | 'failed') {
      if (state.last === null) return
      state.last.jobStatus = jobStatus
      if (jobStatus === 'succeeded') live(state.last.toDeploymentId)
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

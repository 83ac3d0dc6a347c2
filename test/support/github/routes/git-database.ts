import { Hono } from 'hono'
import { z } from 'zod'

import { gitCommitAnswer, personGiven, personOf } from '../answers/commits.ts'
import { changeRef } from '../change-ref.ts'
import { bodyOf, type Env, here, param, type Request, someone } from '../context.ts'
import { commitOrNull, writeCommit } from '../git/commits.ts'
import { kindOf, refAt, treeAt, refsBelow } from '../git/refs.ts'
import { gitBytes } from '../git/run-git.ts'
import { entriesAt, withEntries, writeBlob } from '../git/trees.ts'
import { type House, nodeId, repositoryUrl, time } from '../house.ts'
import { pageOf } from '../paging.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'

/** Below `/repos/{owner}/{repo}/git`: refs and objects. */
export function gitDatabaseRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  refRoutes(house, routes)
  objectRoutes(house, routes)
  routes.post('/git/trees', async (c) => {
    const repository = here(house, c, 'contents:write')
    const { tree, base_tree } = await bodyOf(c, treeShape)
    if (tree.some(({ path }) => path.startsWith('.github/workflows/')))
      here(house, c, 'workflows:write')
    const lines = await Promise.all(tree.map((entry) => indexLine(repository, entry)))
    const sha = await withEntries(repository.directory, base_tree ?? null, lines)
    return c.json(await treeAnswer(house, repository, { sha, recursive: false }), 201)
  })
  routes.post('/git/commits', async (c) => {
    const repository = here(house, c, 'contents:write')
    const { message, tree, parents, author, committer } = await bodyOf(c, commitShape)
    if ((await kindOf(repository.directory, tree)) !== 'tree')
      throw new Refusal(422, 'Tree SHA does not exist')
    const own = personGiven(personOf(someone(c), time(house.now())), author)
    const of = { tree, parents, message, author: own, committer: personGiven(own, committer) }
    const commit = await commitOrNull(
      repository.directory,
      await writeCommit(repository.directory, of),
    )
    if (commit === null) throw notFound()
    return c.json(gitCommitAnswer(house, repository, commit), 201)
  })
  return routes
}

const refShape = z.object({ ref: z.string(), sha: z.string() })
const moveShape = z.object({ sha: z.string(), force: z.boolean().default(false) })
const blobShape = z.object({ content: z.string(), encoding: z.string().default('utf-8') })
const treeShape = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string().default('100644'),
      type: z.string().optional(),
      sha: z.string().nullable().optional(),
      content: z.string().optional(),
    }),
  ),
})
const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() })
const commitShape = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
  committer: person.partial().optional(),
})

function refRoutes(house: House, routes: Hono<Env>): void {
  routes.get('/git/ref/:ref{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    return c.json(await refAnswer(house, repository, `refs/${param(c, 'ref')}`))
  })
  routes.get('/git/matching-refs/:ref{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    const start = `refs/${param(c, 'ref')}`
    const all = [...(await refsBelow(repository.directory, 'refs')).keys()]
    const found = all.filter((ref) => ref.startsWith(start))
    const answers = await Promise.all(found.map((ref) => refAnswer(house, repository, ref)))
    return c.json(pageOf(c, answers).items)
  })
  routes.post('/git/refs', async (c) => {
    const repository = here(house, c, 'contents:write')
    const { ref, sha } = await bodyOf(c, refShape)
    if (!/^refs\/[^/]+\/./.test(ref)) throw new Refusal(422, 'Reference name is not valid')
    if ((await kindOf(repository.directory, sha)) === null)
      throw new Refusal(422, 'Object does not exist')
    if ((await refAt(repository.directory, ref)) !== null)
      throw new Refusal(422, 'Reference already exists')
    await change(house, c, { ref, after: sha, force: false })
    return c.json(await refAnswer(house, repository, ref), 201)
  })
  routes.patch('/git/refs/:ref{.+}', async (c) => {
    const repository = here(house, c, 'contents:write')
    const { sha, force } = await bodyOf(c, moveShape)
    const ref = `refs/${param(c, 'ref')}`
    if ((await refAt(repository.directory, ref)) === null)
      throw new Refusal(422, 'Reference does not exist')
    if ((await kindOf(repository.directory, sha)) === null)
      throw new Refusal(422, 'Object does not exist')
    await change(house, c, { ref, after: sha, force })
    return c.json(await refAnswer(house, repository, ref))
  })
  routes.delete('/git/refs/:ref{.+}', async (c) => {
    const repository = here(house, c, 'contents:write')
    const ref = `refs/${param(c, 'ref')}`
    if ((await refAt(repository.directory, ref)) === null)
      throw new Refusal(422, 'Reference does not exist')
    await change(house, c, { ref, after: null, force: true })
    return c.body(null, 204)
  })
}

function objectRoutes(house: House, routes: Hono<Env>): void {
  routes.get('/git/commits/:sha', async (c) => {
    const repository = here(house, c, 'contents:read')
    const sha = param(c, 'sha')
    if ((await kindOf(repository.directory, sha)) !== 'commit') throw notFound()
    const commit = await commitOrNull(repository.directory, sha)
    if (commit === null) throw notFound()
    return c.json(gitCommitAnswer(house, repository, commit))
  })
  routes.get('/git/trees/:sha{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    const sha = await treeAt(repository.directory, param(c, 'sha'))
    if (sha === null) throw notFound()
    const recursive = c.req.query('recursive') !== undefined
    return c.json(await treeAnswer(house, repository, { sha, recursive }))
  })
  routes.get('/git/blobs/:sha', async (c) => {
    const repository = here(house, c, 'contents:read')
    const sha = param(c, 'sha')
    if ((await kindOf(repository.directory, sha)) !== 'blob') throw notFound()
    const bytes = await gitBytes(repository.directory, ['cat-file', 'blob', sha])
    const url = `${repositoryUrl(house, repository)}/git/blobs/${sha}`
    const content = bytes.toString('base64')
    const size = bytes.length
    return c.json({ sha, node_id: nodeId('B', sha), size, url, content, encoding: 'base64' })
  })
  routes.post('/git/blobs', async (c) => {
    const repository = here(house, c, 'contents:write')
    const { content, encoding } = await bodyOf(c, blobShape)
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
    const sha = await writeBlob(repository.directory, bytes)
    return c.json({ sha, url: `${repositoryUrl(house, repository)}/git/blobs/${sha}` }, 201)
  })
}

interface RefChange {
  readonly ref: string
  readonly after: string | null
  readonly force: boolean
}

async function change(house: House, c: Request, { ref, after, force }: RefChange): Promise<void> {
  const repository = here(house, c, 'contents:write')
  const before = await refAt(repository.directory, ref)
  const by = c.get('actor')
  await changeRef(house, { repository, by, force, move: { ref, before, after } })
}

async function refAnswer(house: House, repository: Repository, ref: string) {
  const sha = await refAt(repository.directory, ref)
  const kind = sha === null ? null : await kindOf(repository.directory, sha)
  if (sha === null || kind === null) throw notFound()
  const api = `${repositoryUrl(house, repository)}/git`
  const object = { sha, type: kind, url: `${api}/${kind}s/${sha}` }
  return { ref, node_id: nodeId('REF', ref), url: `${api}/${ref}`, object }
}

type TreeInput = z.infer<typeof treeShape>['tree'][number]

async function indexLine({ directory }: Repository, entry: TreeInput): Promise<string> {
  const { path, mode, sha, content } = entry
  if (sha === null) return `0 ${'0'.repeat(40)}\t${path}`
  const id = sha ?? (await writeBlob(directory, Buffer.from(content ?? '')))
  if ((await kindOf(directory, id)) === null)
    throw invalid({ resource: 'Tree', code: 'invalid', field: 'tree.sha' })
  return `${mode} ${id}\t${path}`
}

async function treeAnswer(
  house: House,
  repository: Repository,
  { sha, recursive }: { sha: string; recursive: boolean },
) {
  const api = `${repositoryUrl(house, repository)}/git`
  const more = recursive ? ['-r', '-t'] : []
  const entries = await entriesAt(repository.directory, sha, { path: '', more })
  const tree = entries.map(({ path, mode, kind, sha: id, size }) => {
    const of = { path, mode, type: kind, sha: id, url: `${api}/${kind}s/${id}` }
    return kind === 'blob' ? { ...of, size } : of
  })
  return { sha, url: `${api}/trees/${sha}`, tree, truncated: false }
}

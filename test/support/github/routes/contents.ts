import { Hono } from 'hono'
import { z } from 'zod'

import { gitCommitAnswer, personGiven, personOf } from '../answers/commits.ts'
import { changeRef } from '../change-ref.ts'
import { bodyOf, type Env, here, param, type Request, someone } from '../context.ts'
import { commitOrNull, writeCommit } from '../git/commits.ts'
import { commitAt, refAt } from '../git/refs.ts'
import { gitBytes } from '../git/run-git.ts'
import { entriesAt, type TreeEntry, withBlob, writeBlob } from '../git/trees.ts'
import { type House, pageUrl, repositoryUrl, time } from '../house.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'

/** `/repos/{owner}/{repo}/contents/{path}`: files read and written one by one. */
export function contentRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  const read = async (c: Request) => {
    const repository = here(house, c, 'contents:read')
    const ref = c.req.query('ref') ?? repository.defaultBranch
    const sha = await commitAt(repository.directory, ref)
    if (sha === null) throw new Refusal(404, `No commit found for the ref ${ref}`)
    return c.json(await contentAnswer(house, repository, { path: param(c, 'path'), ref, sha }))
  }
  routes.get('/contents', read)
  routes.get('/contents/:path{.*}', read)
  routes.put('/contents/:path{.+}', async (c) => {
    const asked = await bodyOf(c, writeShape)
    const blob = Buffer.from(asked.content, 'base64')
    const { created, answer } = await change(house, c, { ...asked, blob })
    return c.json(answer, created ? 201 : 200)
  })
  routes.delete('/contents/:path{.+}', async (c) => {
    const asked = await bodyOf(c, deleteShape)
    const { answer } = await change(house, c, { ...asked, blob: null })
    return c.json(answer)
  })
  return routes
}

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() })
const deleteShape = z.object({
  message: z.string(),
  sha: z.string(),
  branch: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
})
const writeShape = deleteShape.extend({ content: z.string(), sha: z.string().optional() })

interface Change extends Omit<z.infer<typeof writeShape>, 'content'> {
  readonly blob: Buffer | null
}

async function change(house: House, c: Request, asked: Change) {
  const repository = here(house, c, 'contents:write')
  const path = param(c, 'path')
  if (path.startsWith('.github/workflows/')) here(house, c, 'workflows:write')
  const branch = asked.branch ?? repository.defaultBranch
  const ref = `refs/heads/${branch}`
  const before = await refAt(repository.directory, ref)
  if (before === null) throw new Refusal(404, `Branch ${branch} not found`)
  const was = await entryAt(repository, { sha: before, path })
  if (was === null ? asked.blob === null : was.sha !== asked.sha)
    throw new Refusal(409, `${path} does not match ${asked.sha ?? 'nothing'}`)
  const blob = asked.blob === null ? null : await writeBlob(repository.directory, asked.blob)
  const tree = await withBlob(repository.directory, { commit: before, path, blob })
  const author = personGiven(personOf(someone(c), time(house.now())), asked.author)
  const committer = personGiven(author, asked.committer)
  const commit = { tree, parents: [before], message: asked.message, author, committer }
  const after = await writeCommit(repository.directory, commit)
  await changeRef(house, {
    repository,
    by: c.get('actor'),
    force: false,
    move: { ref, before, after },
  })
  const written = await commitOrNull(repository.directory, after)
  if (written === null) throw notFound()
  const content =
    blob === null ? null : await contentAnswer(house, repository, { path, ref: branch, sha: after })
  return {
    created: was === null,
    answer: { content, commit: gitCommitAnswer(house, repository, written) },
  }
}

interface Place {
  readonly path: string
  readonly ref: string
  readonly sha: string
}

async function contentAnswer(house: House, repository: Repository, at: Place) {
  const entry = await entryAt(repository, at)
  if (at.path !== '' && entry === null) throw notFound()
  if (entry !== null && entry.kind !== 'tree') {
    const bytes = await gitBytes(repository.directory, ['cat-file', 'blob', entry.sha])
    const content = bytes.toString('base64').replaceAll(/(.{60})/g, '$1\n')
    return { ...entryAnswer(house, repository, { entry, at }), encoding: 'base64', content }
  }
  const below = await entriesAt(repository.directory, at.sha, {
    path: at.path === '' ? '' : `${at.path}/`,
  })
  return below.map((inner) => entryAnswer(house, repository, { entry: inner, at }))
}

function entryAnswer(house: House, repository: Repository, of: { entry: TreeEntry; at: Place }) {
  const { entry, at } = of
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const url = `${repositoryUrl(house, repository)}/contents/${path}?ref=${at.ref}`
  const kind = entry.kind === 'tree' ? 'tree' : 'blob'
  const git_url = `${repositoryUrl(house, repository)}/git/${kind}s/${entry.sha}`
  const html_url = `${pageUrl(house, repository)}/${kind}/${at.ref}/${path}`
  const isFile = entry.kind !== 'tree'
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url,
    html_url,
    git_url,
    download_url: isFile ? `${pageUrl(house, repository)}/raw/${at.ref}/${path}` : null,
    type: isFile ? 'file' : 'dir',
    _links: { self: url, git: git_url, html: html_url },
  }
}

async function entryAt(
  { directory }: Repository,
  { sha, path }: Pick<Place, 'sha' | 'path'>,
): Promise<TreeEntry | null> {
  if (path === '') return null
  const [entry] = await entriesAt(directory, sha, { path })
  return entry ?? null
}

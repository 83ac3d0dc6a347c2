import type { CheckAnnotation } from '#domain/check-run.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { CheckRunView } from '#ports/hosting.ts'

import { type ClientFor, named } from './client.ts'

/** GitHub takes fifty at a time and adds them to those it has. */
const atOnce = 50

interface Annotating {
  readonly view: CheckRunView
  /** The check run, and how many of these it has already: an attempt before this one may have got so far. */
  readonly id: number
  readonly from: number
}

/** Puts annotations on a check run, each once. Those of files that the commit does not have would point nowhere. */
export async function annotate(
  clientFor: ClientFor,
  repository: HostedRepository,
  { view, id, from }: Annotating,
): Promise<void> {
  const { headSha, title, summary, annotations = [] } = view
  const files = await filesOf(clientFor, repository, headSha)
  const known = annotations.filter(({ path }) => files === null || files.has(path))
  const client = await clientFor(repository, { checks: 'write' })
  for (let at = from; at < known.length; at += atOnce)
    await client.rest.checks.update({
      ...named(repository),
      check_run_id: id,
      output: { title, summary, annotations: known.slice(at, at + atOnce).map(theirs) },
    })
}

function theirs({ path, line, level, title, message }: CheckAnnotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message }
}

/** Null where GitHub does not list them all. */
async function filesOf(
  clientFor: ClientFor,
  repository: HostedRepository,
  sha: string,
): Promise<ReadonlySet<string> | null> {
  const client = await clientFor(repository, { contents: 'read' })
  const place = { ...named(repository), tree_sha: sha, recursive: '1' }
  const { data } = await client.rest.git.getTree(place)
  const files = data.tree.flatMap(({ path, type }) => (type === 'blob' ? [path] : []))
  return data.truncated ? null : new Set(files)
}

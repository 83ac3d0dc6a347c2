import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import { isForAgents } from '#policy/coder-scope.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { Workspace } from '#ports/workspace.ts'

/**
 * The commit whose rules count: the default branch decides, never the change under repair, for a pull request must not
 * widen its own limits. Null where a default branch cannot be found; the head does not step in for it.
 */
export async function rulingCommit(
  { repositories }: { readonly repositories: Pick<Repositories, 'resolve'> },
  { mirror, headSha }: Place,
): Promise<string | null> {
  if (mirror.defaultBranch === null) return headSha
  return await repositories.resolve(mirror, mirror.defaultBranch)
}

/** Looked for on the default branch also where the change under repair deleted them. */
const usualOrders = ['AGENTS.md', 'CLAUDE.md', 'GEMINI.md', '.github/copilot-instructions.md']

/** What tells agents what to do, as the default branch has it: what the change under repair says of it nobody approved. */
export async function ordersOf(
  ports: { readonly repositories: Pick<Repositories, 'resolve' | 'read'> },
  place: Place,
  workspace: Pick<Workspace, 'files'>,
): Promise<Patch> {
  const sha = await rulingCommit(ports, place)
  const { mirror } = place
  const there = workspace.files([]).filter((path) => isForAgents(path))
  const ruled = async (path: string) => ({
    path,
    content: sha === null ? null : await ports.repositories.read(mirror, sha, path),
  })
  const orders = await Promise.all([...new Set([...there, ...usualOrders])].map(ruled))
  return orders.filter(({ path, content }) => content !== null || there.includes(path))
}

import type { Octokit } from '@octokit/rest'

/** GitHub itself, where it commits what somebody did on a page. */
const webFlow = 19_864_447
/** GitHub lists no more commits of a pull request than this. */
const mostListed = 250

/**
 * The numbers of who wrote the commits of a pull request: authors, committers and co-authors that GitHub knows.
 * Null where it has more commits than GitHub lists.
 */
export async function contributorsOf(
  client: Octokit,
  place: { readonly owner: string; readonly repo: string; readonly pull_number: number },
  count: number,
): Promise<ReadonlySet<number> | null> {
  if (count > mostListed) return null
  const asked = { ...place, per_page: 100 }
  const commits = await client.paginate(client.rest.pulls.listCommits, asked)
  const signers = commits.flatMap(({ author, committer, commit }) => [
    { id: author?.id, email: commit.author?.email },
    { id: committer?.id, email: commit.committer?.email },
  ])
  const people = signers.flatMap(({ id, email }) =>
    id === undefined || id === webFlow ? [] : [{ id, email: email?.toLowerCase() }],
  )
  const byEmail = new Map(people.map(({ id, email }) => [email, id]))
  const beside = commits
    .flatMap(({ commit }) => coAuthors(commit.message))
    .flatMap((email) => numberIn(email) ?? byEmail.get(email) ?? [])
  return new Set([...people.map(({ id }) => id), ...beside])
}

function coAuthors(message: string): readonly string[] {
  const lines = message.matchAll(/^co-authored-by:[^<\n]*<([^>\n]+)>[ \t]*$/gim)
  return [...lines].map(([, email = '']) => email.toLowerCase())
}

/** The addresses that GitHub gives to who hides theirs: `17+maria@users.noreply.github.com`. */
function numberIn(email: string): number | undefined {
  const number = /^(\d+)\+[^@]+@users\.noreply\./.exec(email)?.[1]
  return number === undefined ? undefined : Number(number)
}

import type { ChangedFile } from '../git/changes.ts'
import type { Commit, Person } from '../git/commits.ts'
import { type House, nodeId, pageUrl, repositoryUrl } from '../house.ts'
import type { Account, Repository } from '../state.ts'
import { userAnswer } from './accounts.ts'

/** GitHub's `commit` as lists hold it. */
export function commitAnswer(house: House, repository: Repository, commit: Commit) {
  const { sha } = commit
  const url = `${repositoryUrl(house, repository)}/commits/${sha}`
  return {
    sha,
    node_id: nodeId('C', sha),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: treeAnswer(house, repository, commit.tree),
      url: `${repositoryUrl(house, repository)}/git/commits/${sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url,
    html_url: `${pageUrl(house, repository)}/commit/${sha}`,
    comments_url: `${url}/comments`,
    author: accountOfPerson(house, commit.author),
    committer: accountOfPerson(house, commit.committer),
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${repositoryUrl(house, repository)}/commits/${parent}`,
      html_url: `${pageUrl(house, repository)}/commit/${parent}`,
    })),
  }
}

/** GitHub's `git-commit`, of the Git database API. */
export function gitCommitAnswer(house: House, repository: Repository, commit: Commit) {
  const url = `${repositoryUrl(house, repository)}/git/commits`
  const page = `${pageUrl(house, repository)}/commit`
  const { sha, author, committer, message } = commit
  return {
    sha,
    node_id: nodeId('C', sha),
    url: `${url}/${sha}`,
    html_url: `${page}/${sha}`,
    author,
    committer,
    tree: treeAnswer(house, repository, commit.tree),
    message,
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/${parent}`,
      html_url: `${page}/${parent}`,
    })),
    verification: unsigned,
  }
}

/** GitHub's `diff-entry`. */
export function fileAnswer(
  house: House,
  repository: Repository,
  of: { file: ChangedFile; sha: string },
) {
  const { file, sha } = of
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.sha,
    filename: file.path,
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${pageUrl(house, repository)}/blob/${sha}/${path}`,
    raw_url: `${pageUrl(house, repository)}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(house, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
  }
}

/** GitHub's `simple-commit`, as checks and workflow runs carry it. */
export function headCommitAnswer(commit: Commit) {
  const { sha, tree, message, author, committer } = commit
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: author.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  }
}

/** Whose address a commit bears: GitHub's own no-reply addresses tell. */
export function personOf(account: Account, date: string): Person {
  return {
    name: account.login,
    email: `${account.id}+${account.login}@users.noreply.github.com`,
    date,
  }
}

/** A person as a request names them, completed by who asks. */
export function personGiven(
  usual: Person,
  given: { readonly [key in keyof Person]?: string | undefined } | undefined,
): Person {
  return {
    name: given?.name ?? usual.name,
    email: given?.email ?? usual.email,
    date: given?.date ?? usual.date,
  }
}

/** The account behind a commit's author; null where the address belongs to nobody here. */
function accountOfPerson(house: House, { email }: Person) {
  const id = Number(/^(\d+)\+.*@users\.noreply\.github\.com$/.exec(email)?.[1])
  const found = [...house.state.accounts.values()].find((account) => account.id === id)
  return found === undefined ? null : userAnswer(house, found)
}

function treeAnswer(house: House, repository: Repository, sha: string) {
  return { sha, url: `${repositoryUrl(house, repository)}/git/trees/${sha}` }
}

const unsigned = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
}

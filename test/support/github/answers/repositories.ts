import { fullName, type House, nodeId, pageUrl, repositoryUrl, time } from '../house.ts'
import type { Repository } from '../state.ts'
import { userAnswer } from './accounts.ts'

/** GitHub's `minimal-repository` with the fields that `repository` adds: what lists and webhooks carry. */
export function repositoryAnswer(house: House, repository: Repository) {
  const page = pageUrl(house, repository)
  const open = repository.issues.filter((issue) => issue.state === 'open').length
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: userAnswer(house, repository.owner),
    html_url: page,
    description: null,
    fork: repository.parent !== null,
    ...linksOf(repositoryUrl(house, repository)),
    git_url: `${page.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@${new URL(house.url).hostname}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    ...features,
    visibility: repository.private ? 'private' : 'public',
    forks_count: forksOf(house, repository).length,
    open_issues_count: open,
    forks: forksOf(house, repository).length,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    created_at: time(repository.createdAt),
    updated_at: time(repository.pushedAt),
    pushed_at: time(repository.pushedAt),
  }
}

/** GitHub's `full-repository`: what asking for one repository answers. */
export function fullRepositoryAnswer(house: House, repository: Repository) {
  const { parent } = repository
  const source = parent === null ? null : rootOf(parent)
  return {
    ...repositoryAnswer(house, repository),
    ...(parent === null ? {} : { parent: repositoryAnswer(house, parent) }),
    ...(source === null ? {} : { source: repositoryAnswer(house, source) }),
    network_count: forksOf(house, repository).length,
    subscribers_count: 0,
  }
}

export function forksOf({ state }: House, repository: Repository): Repository[] {
  return [...state.repositories.values()].filter((other) => other.parent === repository)
}

function rootOf(repository: Repository): Repository {
  return repository.parent === null ? repository : rootOf(repository.parent)
}

const features = {
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  mirror_url: null,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
}

const links = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

function linksOf(url: string): Readonly<Record<string, string>> {
  const full = Object.entries(links).map(([name, end]) => [name, `${url}${end}`])
  return { url, ...Object.fromEntries(full) }
}

import { type House, nodeId, time, timeOrNull } from '../house.ts'
import type { Account, App, Installation } from '../state.ts'

/** GitHub's `simple-user`. */
export function userAnswer(house: House, account: Account) {
  const url = `${house.api}/users/${encodeURIComponent(account.login)}`
  const page = account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === 'Organization' ? 'O' : 'U', account.id),
    avatar_url: `${house.url}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${house.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** GitHub's `public-user`: with the counts and the profile that `GET /users/{username}` adds. */
export function profileAnswer(house: House, account: Account) {
  const nothing = {
    bio: null,
    blog: '',
    company: null,
    email: null,
    hireable: null,
    location: null,
  }
  return {
    ...userAnswer(house, account),
    ...nothing,
    name: account.type === 'Bot' ? null : account.login,
    followers: 0,
    following: 0,
    public_gists: 0,
    public_repos: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  }
}

/** GitHub's `organization-simple`, as webhooks of an organisation's repositories carry it. */
export function organizationAnswer(house: House, account: Account) {
  const url = `${house.api}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('O', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${house.url}/avatars/u/${account.id}?v=4`,
    description: null,
  }
}

/** GitHub's `integration`: an app as its own answers and its checks show it. */
export function appAnswer(house: House, app: App) {
  return {
    id: app.id,
    client_id: `Iv1.${app.id}`,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: userAnswer(house, app.owner),
    name: app.name,
    description: '',
    external_url: house.url,
    html_url: `${house.url}/apps/${app.slug}`,
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    permissions: { ...app.permissions },
    events: [...app.events],
  }
}

export function appOrNull(house: House, app: App | null) {
  return app === null ? null : appAnswer(house, app)
}

/** GitHub's `installation`. */
export function installationAnswer(house: House, of: Installation) {
  const { id, app, account } = of
  return {
    id,
    client_id: `Iv1.${app.id}`,
    account: userAnswer(house, account),
    repository_selection: of.repositoryIds === null ? 'all' : 'selected',
    access_tokens_url: `${house.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${house.api}/installation/repositories`,
    html_url: `${house.url}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { ...of.permissions },
    events: [...app.events],
    created_at: time(of.createdAt),
    updated_at: time(of.suspendedAt ?? of.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: of.suspendedAt === null ? null : userAnswer(house, account),
    suspended_at: timeOrNull(of.suspendedAt),
  }
}

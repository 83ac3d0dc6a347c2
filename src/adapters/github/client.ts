import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'

/** What a call may do, in the words of GitHub's permissions; a token holds nothing else. */
export type Rights = Readonly<
  Partial<
    Record<
      | 'actions'
      | 'actions_variables'
      | 'checks'
      | 'contents'
      | 'deployments'
      | 'issues'
      | 'members'
      | 'pull_requests'
      | 'statuses',
      'read' | 'write'
    >
  >
>

/** A client whose token is narrowed to one repository and these rights. */
export type ClientFor = (repository: HostedRepository, rights: Rights) => Promise<Octokit>

/** Who we are on GitHub: the App, and the login its writings bear. */
export interface AppIdentity {
  readonly id: number
  readonly login: string
}

/** Asks GitHub once, when it is first needed. */
export type WhoWeAre = () => Promise<AppIdentity>

/** Owner and repository as every call names them. */
export function named({ owner, name }: HostedRepository): { owner: string; repo: string } {
  return { owner, repo: name }
}

/** The status of GitHub's answer that an error is made of; null where there was none. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error)) return null
  return typeof error.status === 'number' ? error.status : null
}

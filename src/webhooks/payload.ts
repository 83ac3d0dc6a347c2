import { z } from 'zod'

import type { Account, HubPull, HubRepository } from '#domain/hub-words.ts'

import type { Delivery } from './delivery.ts'

/** The parts that several of GitHub's payloads are made of. */

export const id = z.number().int().positive()

export const account = z.object({ login: z.string(), id, type: z.string() })

const repository = z.object({
  id,
  name: z.string(),
  default_branch: z.string(),
  owner: z.object({ login: z.string() }),
})

/** What every webhook of an app about a repository has. */
export const inRepository = {
  sender: account,
  installation: z.object({ id }),
  repository,
}

const side = z.object({ ref: z.string(), sha: z.string(), repo: z.object({ id }).nullable() })
export const pull = z.object({ number: id, head: side, base: side })

/** GitHub names an app that is gone `null`. */
export const app = z
  .object({ id, slug: z.string().nullish(), name: z.string().nullish() })
  .nullish()

type Sent = z.infer<z.ZodObject<typeof inRepository>>

export function inRepositoryOf(payload: Sent, delivery: Delivery) {
  return {
    deliveryId: delivery.id,
    sender: accountOf(payload.sender),
    repository: repositoryOf(payload),
  }
}

export function accountOf({ login, id, type }: z.infer<typeof account>): Account {
  return { login, id, type: accountTypes[type] ?? 'other' }
}

const accountTypes: Readonly<Record<string, Account['type']>> = {
  User: 'user',
  Bot: 'bot',
  Organization: 'organization',
}

function repositoryOf({ installation, repository }: Sent): HubRepository {
  return {
    installationId: installation.id,
    id: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    defaultBranch: repository.default_branch,
  }
}

/** The pull requests of this repository. GitHub also names those of others whose head the commit is: a fork's, say. */
export function pullsOf(all: readonly z.infer<typeof pull>[], { repository }: Sent): HubPull[] {
  return all.filter(({ base }) => base.repo?.id === repository.id).map(pullOf)
}

export function pullOf({ number, head, base }: z.infer<typeof pull>): HubPull {
  return {
    number,
    base: sideOf(base),
    head: sideOf(head),
    // The repository of a head that is gone was a fork: ours is still there.
    fork: head.repo?.id !== base.repo?.id,
  }
}

function sideOf({ ref, sha, repo }: z.infer<typeof side>): HubPull['head'] {
  return { branch: ref, sha, repositoryId: repo?.id ?? null }
}

export function reporterOf(of: z.infer<typeof app>) {
  return of ? { id: of.id, slug: of.slug ?? null } : null
}

/** Red means that something is to be repaired: not cancelled, not stale, not waiting for a person. */
export function redness(conclusion: string | null): 'failure' | 'timed-out' | null {
  if (conclusion === 'failure') return 'failure'
  return conclusion === 'timed_out' ? 'timed-out' : null
}

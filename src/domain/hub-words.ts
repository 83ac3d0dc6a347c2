import { z } from 'zod'

/** What the events of GitHub are made of. Everything a person or a program could have written in it is unproved. */

/** The name of a commit, SHA-1 or SHA-256. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
export const id = z.number().int().positive()
export const branch = z.string().min(1)

/** As GitHub calls owners and repositories: nothing that could lead an address elsewhere. */
const called = z.string().regex(/^(?!\.{1,2}$)[\w.-]{1,100}$/)

/** Who did it. `other` is an account of a kind we do not know; it counts for nothing. */
export const account = z.strictObject({
  login: z.string().min(1),
  id,
  type: z.enum(['user', 'bot', 'organization', 'other']),
})
export type Account = z.infer<typeof account>

const hubRepository = z.strictObject({
  installationId: id,
  id,
  owner: called,
  name: called,
  defaultBranch: branch,
})
export type HubRepository = z.infer<typeof hubRepository>

/** One side of a pull request; the repository is null where a fork was deleted. */
const side = z.strictObject({ branch, sha, repositoryId: id.nullable() })

export const pull = z.strictObject({
  number: id,
  base: side,
  head: side,
  /** The head lives in another repository than the base. */
  fork: z.boolean(),
})
export type HubPull = z.infer<typeof pull>

/** What each event has. */
export const told = {
  /** The GUID of the delivery; GitHub keeps it when it delivers again. */
  deliveryId: z.string().min(1),
  sender: account,
}

/** And each in a repository. */
export const inRepository = { ...told, repository: hubRepository }

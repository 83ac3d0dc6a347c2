import { GraphQLError } from 'graphql'
import { z } from 'zod'

import { enter } from './access.ts'
import type { Actor } from './actor.ts'
import { changeRef } from './change-ref.ts'
import { refAt } from './git/refs.ts'
import { type House, numberOf } from './house.ts'
import { Refusal } from './refusal.ts'

/** GitHub moves many refs at once or none; ours takes one. `refUpdates` as in its schema. */
export const refsSchema = `
  scalar GitObjectID
  scalar GitRefname
  input RefUpdate { name: GitRefname! beforeOid: GitObjectID afterOid: GitObjectID! force: Boolean = false }
  input UpdateRefsInput { repositoryId: ID! refUpdates: [RefUpdate!]! clientMutationId: String }
  type UpdateRefsPayload { clientMutationId: String }
`

const none = '0'.repeat(40)
const updateInput = z.object({
  input: z.object({
    repositoryId: z.string(),
    refUpdates: z.tuple([
      z.object({
        name: z.string(),
        beforeOid: z.string().nullish(),
        afterOid: z.string(),
        force: z.boolean(),
      }),
    ]),
    clientMutationId: z.string().nullish(),
  }),
})

/** Moves, makes or deletes a ref that stands where the caller believes it to stand; else nothing is done. */
export async function updateRefs(house: House, actor: Actor, given: unknown) {
  const { repositoryId, refUpdates, clientMutationId } = updateInput.parse(given).input
  const [{ name: ref, beforeOid, afterOid, force }] = refUpdates
  const id = numberOf('R', repositoryId)
  const called = [...house.state.repositories.values()].find((one) => one.id === id)
  if (called === undefined)
    throw new GraphQLError(`Could not resolve to a node with the global id of '${repositoryId}'`)
  const { owner, name } = called
  try {
    const repository = enter(house, actor, { owner: owner.login, name, need: 'contents:write' })
    const before = await refAt(repository.directory, ref)
    if (typeof beforeOid === 'string' && (before ?? none) !== beforeOid)
      throw new GraphQLError(`Expected ${ref} to be at ${beforeOid}.`)
    const after = afterOid === none ? null : afterOid
    await changeRef(house, { repository, by: actor, force, move: { ref, before, after } })
  } catch (error) {
    throw error instanceof Refusal ? new GraphQLError(error.message) : error
  }
  return { clientMutationId: clientMutationId ?? null }
}

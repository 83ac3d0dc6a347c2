import { buildSchema, graphql, GraphQLError } from 'graphql'
import { z } from 'zod'

import { enter } from './access.ts'
import { accountOf, type Actor } from './actor.ts'
import { type PullOf, pullPage } from './answers/pulls.ts'
import { refsSchema, updateRefs } from './graphql-refs.ts'
import { type House, nodeId, numberOf } from './house.ts'
import { announceChange } from './issues.ts'
import { openPulls } from './pushes.ts'
import type { Account } from './state.ts'

/** The part of GitHub's GraphQL schema that REST has no counterpart for. */
const schema = buildSchema(`
  ${refsSchema}
  type Query { viewer: Actor! node(id: ID!): PullRequest }
  type Actor { login: String! }
  type PullRequest { id: ID! number: Int! isDraft: Boolean! url: String! title: String! state: String! }
  input MarkPullRequestReadyForReviewInput { pullRequestId: ID! clientMutationId: String }
  input ConvertPullRequestToDraftInput { pullRequestId: ID! clientMutationId: String }
  type PullRequestPayload { clientMutationId: String pullRequest: PullRequest }
  type Mutation {
    markPullRequestReadyForReview(input: MarkPullRequestReadyForReviewInput!): PullRequestPayload
    convertPullRequestToDraft(input: ConvertPullRequestToDraftInput!): PullRequestPayload
    updateRefs(input: UpdateRefsInput!): UpdateRefsPayload
  }
`)

const asked = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

const draftInput = z.object({
  input: z.object({ pullRequestId: z.string(), clientMutationId: z.string().nullish() }),
})

/** Answers one GraphQL request: 200 whatever goes wrong, as GitHub does. */
export async function answerGraphql(house: House, actor: Actor, body: unknown) {
  const { query, variables, operationName } = asked.parse(body)
  return await graphql({
    schema,
    source: query,
    rootValue: rootOf(house, actor),
    ...(variables ? { variableValues: variables } : {}),
    ...(operationName ? { operationName } : {}),
  })
}

function rootOf(house: House, actor: Actor) {
  return {
    viewer: () => ({ login: whoever(actor).login }),
    node: ({ id }: { id: string }) => shown(house, named(house, actor, id)),
    markPullRequestReadyForReview: (given: unknown) =>
      setDraft(house, actor, { given, draft: false }),
    convertPullRequestToDraft: (given: unknown) => setDraft(house, actor, { given, draft: true }),
    updateRefs: (given: unknown) => updateRefs(house, actor, given),
  }
}

interface Draft {
  readonly given: unknown
  readonly draft: boolean
}

async function setDraft(house: House, actor: Actor, { given, draft }: Draft) {
  const { pullRequestId, clientMutationId } = draftInput.parse(given).input
  const of = named(house, actor, pullRequestId)
  if (of.pull.draft !== draft) {
    of.pull.draft = draft
    const action = draft ? 'converted_to_draft' : 'ready_for_review'
    await announceChange(house, { ...of, by: whoever(actor), action })
  }
  return { clientMutationId: clientMutationId ?? null, pullRequest: shown(house, of) }
}

function named(house: House, actor: Actor, id: string): PullOf {
  const number = numberOf('PR', id)
  const of = openPulls(house).find(({ issue }) => issue.id === number)
  if (of === undefined)
    throw new GraphQLError(`Could not resolve to a node with the global id of '${id}'`, {
      extensions: { type: 'NOT_FOUND' },
    })
  const { owner, name } = of.repository
  enter(house, actor, { owner: owner.login, name, need: 'pull_requests:write' })
  return of
}

function shown(house: House, of: PullOf) {
  const { issue, pull } = of
  const state = pull.merged === null ? issue.state.toUpperCase() : 'MERGED'
  const { number, title } = issue
  return {
    id: nodeId('PR', issue.id),
    number,
    title,
    state,
    isDraft: pull.draft,
    url: pullPage(house, of),
  }
}

function whoever(actor: Actor): Account {
  const account = accountOf(actor)
  if (account === null) throw new GraphQLError('This endpoint requires you to be authenticated.')
  return account
}

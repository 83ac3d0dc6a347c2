import { expect, test } from 'vitest'

import { NoRepository, type Omitted, RepositoryTooLarge } from '#ports/repositories.ts'
import { prepareWorkspace } from '#steps/prepare-workspace.ts'

import { contextOf, headPlace, memoryStore, workspaceWith } from '../support/fix-world.ts'

/** A repository with one commit, of which a checkout leaves this out. */
async function prepare(
  omitted: readonly Omitted[],
  head: string | null = headPlace.headSha,
  mirror = () => Promise.resolve(headPlace.mirror),
) {
  const { repositories, ...rest } = workspaceWith({})
  const { context, notes } = contextOf()
  const kind = prepareWorkspace({
    ...rest,
    store: memoryStore().store,
    repositories: {
      ...repositories,
      mirror,
      resolve: (_mirror, ref) => Promise.resolve(ref?.endsWith('^') ? null : head),
      mergeBase: () => Promise.resolve(head),
      omitted: () => Promise.resolve(omitted),
    },
  })
  return { outcome: await kind.run(kind.input.parse({}), context), notes }
}

test('a head on the default branch has no base of its own', async () => {
  const { outcome, notes } = await prepare([])

  expect(outcome).toMatchObject({ kind: 'done', outputs: { place: headPlace } })
  expect(notes).toEqual([])
})

test('what the checkout leaves out is told below the step', async () => {
  const { notes } = await prepare([{ path: 'vendor/lib', because: 'submodule' }])

  expect(notes).toEqual(['left out: vendor/lib, a submodule'])
})

test('a ref that names no commit is an answer', async () => {
  const { outcome } = await prepare([], null)

  expect(outcome).toEqual({ kind: 'failed', reason: 'no-commit', detail: 'HEAD' })
})

test.each([
  ['no-repository', new NoRepository('There is none.')],
  ['repository-too-large', new RepositoryTooLarge('It takes more than 5000 MB.')],
])('%s is an answer, and not tried again', async (reason, error) => {
  const { outcome } = await prepare([], null, () => Promise.reject(error))

  expect(outcome).toEqual({ kind: 'failed', reason, detail: error.message })
})

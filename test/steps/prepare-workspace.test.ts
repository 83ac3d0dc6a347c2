import { expect, test } from 'vitest'

import type { Omitted } from '#ports/repositories.ts'
import { prepareWorkspace } from '#steps/prepare-workspace.ts'

import { contextOf, headPlace, memoryStore, workspaceWith } from '../support/fix-world.ts'

/** A repository with one commit, of which a checkout leaves this out. */
async function prepare(
  omitted: readonly Omitted[],
  head: string | null = headPlace.headSha,
  onServer: string | null = null,
) {
  const { repositories, ...rest } = workspaceWith({})
  const { context, notes } = contextOf()
  const kind = prepareWorkspace({
    ...rest,
    store: memoryStore().store,
    repositories: {
      ...repositories,
      mirror: () => Promise.resolve(headPlace.mirror),
      resolve(_mirror, ref) {
        if (ref?.startsWith('origin/') === true) return Promise.resolve(onServer)
        return Promise.resolve(ref?.endsWith('^') === true ? null : head)
      },
      mergeBase: (_mirror, other) => Promise.resolve(other),
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

test('work that was committed on the default branch itself is held against what the server has', async () => {
  const { outcome } = await prepare([], headPlace.headSha, 'c'.repeat(40))

  expect(outcome).toMatchObject({ outputs: { place: { baseSha: 'c'.repeat(40) } } })
})

test('what the checkout leaves out is told below the step', async () => {
  const { notes } = await prepare([{ path: 'vendor/lib', because: 'submodule' }])

  expect(notes).toEqual(['left out: vendor/lib, a submodule'])
})

test('a ref that names no commit is an answer', async () => {
  const { outcome } = await prepare([], null)

  expect(outcome).toEqual({ kind: 'failed', reason: 'no-commit', detail: 'HEAD' })
})

import { expect, test } from 'vitest'

import type { Dependencies } from '#ports/dependencies.ts'
import {
  NoRepository,
  type Omitted,
  type Repositories,
  RepositoryTooLarge,
} from '#ports/repositories.ts'
import { prepareWorkspace } from '#steps/prepare-workspace.ts'

import { contextOf, headPlace, memoryStore, workspaceWith } from '../support/fix-world.ts'

interface Standing {
  /** The commit of the default branch that the server has. */
  readonly onServer?: string | null
  readonly uncommitted?: readonly string[]
  readonly mirror?: Repositories['mirror']
  readonly dependencies?: Dependencies
}

/** A repository with one commit, of which a checkout leaves this out. */
async function prepare(
  omitted: readonly Omitted[],
  head: string | null = headPlace.headSha,
  {
    onServer = null,
    uncommitted = [],
    mirror = () => Promise.resolve(headPlace.mirror),
    ...others
  }: Standing = {},
) {
  const { repositories, ...rest } = workspaceWith({})
  const { context, notes } = contextOf()
  const { store, entries } = memoryStore()
  const kind = prepareWorkspace({
    ...rest,
    ...others,
    store,
    repositories: {
      ...repositories,
      mirror,
      resolve(_mirror, ref) {
        if (ref?.startsWith('origin/') === true) return Promise.resolve(onServer)
        return Promise.resolve(ref?.endsWith('^') === true ? null : head)
      },
      mergeBase: (_mirror, other) => Promise.resolve(other),
      omitted: () => Promise.resolve(omitted),
      uncommitted: () => Promise.resolve(uncommitted),
    },
  })
  return { outcome: await kind.run(kind.input.parse({}), context), notes, entries }
}

test('a head on the default branch has no base of its own', async () => {
  const { outcome, notes } = await prepare([])

  expect(outcome).toMatchObject({ kind: 'done', outputs: { place: headPlace } })
  expect(notes).toEqual([])
})

test('work that was committed on the default branch itself is held against what the server has', async () => {
  const { outcome } = await prepare([], headPlace.headSha, { onServer: 'c'.repeat(40) })

  expect(outcome).toMatchObject({ outputs: { place: { baseSha: 'c'.repeat(40) } } })
})

test('what the checkout leaves out is told below the step', async () => {
  const { notes } = await prepare([{ path: 'vendor/lib', because: 'submodule' }])

  expect(notes).toEqual(['left out: vendor/lib, a submodule'])
})

test('what is not committed is told, in the report as well', async () => {
  const { notes, entries } = await prepare([], headPlace.headSha, { uncommitted: ['src/a.ts'] })

  const told =
    'src/a.ts differs from the commit in your working tree and was not looked at: commit it and run this again'
  expect(notes).toEqual([told])
  expect(entries.map(({ data }) => data)).toContainEqual({ kind: 'remark', text: told })
})

test('a lockfile that is not followed is told, in the report as well', async () => {
  const dependencies: Dependencies = {
    install: async () => ({
      kind: 'installed',
      command: 'bun install --ignore-scripts --no-save',
      mounts: [],
      fromCache: false,
      durationMs: 1,
      manager: 'bun',
      lockfile: 'binary',
    }),
  }
  const { notes, entries } = await prepare([], headPlace.headSha, { dependencies })

  expect(notes).toEqual([expect.stringContaining('bun.lockb is binary and was not followed')])
  expect(entries.map(({ data }) => data)).toContainEqual({ kind: 'remark', text: notes[0] })
})

test('a ref that names no commit is an answer', async () => {
  const { outcome } = await prepare([], null)

  expect(outcome).toEqual({ kind: 'failed', reason: 'no-commit', detail: 'HEAD' })
})

test.each([
  ['no-repository', new NoRepository('There is none.')],
  ['repository-too-large', new RepositoryTooLarge('It takes more than 5000 MB.')],
])('%s is an answer, and not tried again', async (reason, error) => {
  const { outcome } = await prepare([], null, { mirror: () => Promise.reject(error) })

  expect(outcome).toEqual({ kind: 'failed', reason, detail: error.message })
})

test('a fetch ends with the step that asked for it', async () => {
  const stops: (AbortSignal | undefined)[] = []
  await prepare([], headPlace.headSha, {
    async mirror(_origin, stop) {
      stops.push(stop)
      return headPlace.mirror
    },
  })

  expect(stops).toEqual([expect.any(AbortSignal)])
})

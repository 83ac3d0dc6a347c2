import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import type { Workspace } from '#ports/workspace.ts'
import { proveAhead } from '#steps/prove-ahead.ts'

import { checkOf, said, workspaceWith } from '../support/fix-world.ts'

const tests = checkOf('tests', 'vitest')
const fix = (content: string) => [{ path: 'a.ts', content }]

/** A world whose checks never end by themselves, and what was asked of it. */
function world() {
  const signals: AbortSignal[] = []
  const asked: (string | null)[] = []
  const { workspaces } = workspaceWith({ 'a.ts': 'x' })
  const ahead = proveAhead(
    {
      checks: { relatedTo: (check) => check },
      observer: {
        observe(_workspace: Workspace, _check, patch): Promise<Evidence> {
          asked.push(patch[0]?.content ?? null)
          return Promise.resolve(said())
        },
      },
    },
    {
      beside: [tests],
      open(signal) {
        signals.push(signal)
        return Promise.resolve(workspaces.open({ source: '/s', mounts: [] }, signal))
      },
    },
  )
  return { ahead, asked, aborted: () => signals.map(({ aborted }) => aborted) }
}

test('a patch that is told twice is proved once', async () => {
  const { ahead, asked } = world()
  ahead.begin(fix('y'))
  ahead.begin(fix('y'))
  await expect.poll(() => asked).toEqual(['y'])
})

test('another patch ends what was begun with the first', async () => {
  const { ahead, asked, aborted } = world()
  ahead.begin(fix('y'))
  ahead.begin(fix('z'))
  await expect.poll(() => asked).toEqual(['y', 'z'])
  expect(aborted()).toEqual([true, false])
})

test('what nobody will ask for ends', () => {
  const { ahead, aborted } = world()
  ahead.begin(fix('y'))
  ahead.drop()
  expect(aborted()).toEqual([true])
})

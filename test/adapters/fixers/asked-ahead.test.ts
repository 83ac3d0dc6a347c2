import { expect, test } from 'vitest'

import { askedAhead } from '#adapters/fixers/asked-ahead.ts'
import type { SandboxRequest } from '#ports/sandbox.ts'
import type { Workspace } from '#ports/workspace.ts'

/** A workspace whose program answers with what it was asked, as soon as it was asked. */
function echoing(source: string) {
  const started: Partial<SandboxRequest>[] = []
  const finished: string[] = []
  const workspace: Workspace = {
    source,
    mounts: [],
    read: () => null,
    files: () => [],
    async run(_patch, request) {
      started.push(request)
      const stdout = (await request.stdin) ?? ''
      finished.push(stdout)
      const end = { kind: 'exited', exitCode: 0 } as const
      return { end, stdout, stderr: '', durationMs: 1, files: [] }
    },
  }
  return { workspace, started, finished }
}

const command: [string, string] = ['node', 'program']

test('a program starts before its question, and answers it when it comes', async () => {
  const { workspace, started } = echoing('/a')
  const ahead = askedAhead({ WORD: 'yes' })
  ahead.begin(workspace, command)
  expect(started).toMatchObject([{ command, env: { WORD: 'yes' } }])

  const answer = await ahead.ask(workspace, 'why?')
  expect(answer?.stdout).toBe('why?')
})

test('one program is started for the same files, and it answers once', async () => {
  const { workspace, started } = echoing('/a')
  const ahead = askedAhead({})
  ahead.begin(workspace, command)
  ahead.begin(workspace, command)
  await ahead.ask(workspace, 'one')

  expect(started).toHaveLength(1)
  expect(ahead.ask(workspace, 'two')).toBeNull()
})

test('nobody waits for the files of another commit', () => {
  const ahead = askedAhead({})
  ahead.begin(echoing('/a').workspace, command)
  expect(ahead.ask(echoing('/b').workspace, 'why?')).toBeNull()
})

test.each([
  ['of these files', (source: Workspace) => source],
  ['of all files', () => null],
])('a program %s that nobody asks is let go with an empty question', async (_which, choose) => {
  const { workspace, finished } = echoing('/a')
  const ahead = askedAhead({})
  ahead.begin(workspace, command)
  ahead.forget(choose(workspace))

  await expect.poll(() => finished).toEqual([''])
  expect(ahead.ask(workspace, 'late')).toBeNull()
})

test('a program that could not be started is heard of by whoever asks it', async () => {
  const workspace = { ...echoing('/a').workspace, run: () => Promise.reject(new Error('refused')) }
  const ahead = askedAhead({})
  ahead.begin(workspace, command)
  await expect(ahead.ask(workspace, 'why?')).rejects.toThrow('refused')
})

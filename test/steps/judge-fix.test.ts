import { describe, expect, test } from 'vitest'

import type { Repair } from '#domain/failure.ts'
import type { Patch } from '#domain/patch.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { judgeFix } from '#steps/judge-fix.ts'

import { contextOf, headPlace, memoryStore, repairOf, workspaceWith } from '../support/fix-world.ts'

const files = {
  'src/sum.ts': 'export const sum = (a: number, b: number) => a + b\n',
  'src/auth/token.ts': 'export const token = (id: string) => id\n',
  'test/sum.test.ts': "test('adds', () => { expect(sum(1, 2)).toBe(3) })\n",
  'db/0001.sql': 'create table a (b int)\n',
}

interface Case {
  readonly patch: Patch
  readonly repairs?: Repair[]
  readonly configuration?: object
}

async function judge({ patch, repairs = [repairOf('types', patch)], configuration }: Case) {
  const { store, entries, tasks } = memoryStore()
  const { context, notes } = contextOf()
  const kind = judgeFix({ ...workspaceWith(files), store })
  const input = kind.input.parse({
    place: headPlace,
    patch,
    repairs,
    configuration: configuration ? repositoryConfiguration.parse(configuration) : null,
  })
  return { outcome: await kind.run(input, context), entries, tasks, notes }
}

const honest = {
  path: 'src/sum.ts',
  content: `import { add } from './add.ts'\n${files['src/sum.ts']}`,
}

describe('a fix is refused', () => {
  test.each([
    {
      title: 'that deletes a test, as cheating',
      patch: [{ path: 'test/sum.test.ts', content: null }],
      reason: 'cheating',
      detail: 'test/sum.test.ts:1 The test "adds" is gone.',
    },
    {
      title: 'that silences the compiler, as cheating',
      patch: [{ path: 'src/sum.ts', content: `// @ts-ignore\n${files['src/sum.ts']}` }],
      reason: 'cheating',
      detail: 'src/sum.ts:1 ',
    },
    {
      title: 'in a path that the repository protects',
      patch: [{ path: 'db/0001.sql', content: 'create table a (b bigint)\n' }],
      configuration: { 'protected-paths': ['db/**'] },
      reason: 'outside-scope',
      detail: 'db/0001.sql The file is protected; no fix may touch it.',
    },
    {
      title: 'in a file of which no repair speaks',
      patch: [honest],
      repairs: [repairOf('types', [])],
      reason: 'outside-scope',
      detail: 'src/sum.ts No fixer said that it would touch this file.',
    },
    {
      title: 'of more lines than are allowed',
      patch: [{ path: 'src/sum.ts', content: 'const a = 1\nconst b = 2\nconst c = 3\n' }],
      configuration: { limits: { lines: 2 } },
      reason: 'limits-exceeded',
      detail: ' lines, at most 2 are allowed',
    },
    {
      title: 'of more files than are allowed',
      patch: [honest, { path: 'src/add.ts', content: 'export const add = 1\n' }],
      configuration: { limits: { files: 1 } },
      reason: 'limits-exceeded',
      detail: '2 files, at most 1 are allowed',
    },
  ])('$title', async ({ reason, detail, ...about }) => {
    const { outcome, entries, tasks } = await judge(about)

    expect(outcome).toEqual({ kind: 'failed', reason, detail: expect.stringContaining(detail) })
    expect([...entries, ...tasks]).toEqual([])
  })
})

test('a harmless fix may be shipped, and its task is on record with its weight', async () => {
  const { outcome, tasks, notes } = await judge({ patch: [honest] })

  expect(outcome).toMatchObject({ kind: 'done', outputs: { verdict: 'ship', title: 'types' } })
  expect(tasks).toMatchObject([{ title: 'types', filePaths: ['src/sum.ts'], kind: 'fix_bugs' }])
  expect(notes).toEqual([])
})

test('a fix of what a human must decide is marked on record and asks for a review', async () => {
  const content = "import { id } from './id.ts'\nexport const token = (of: string) => id(of)\n"
  const { outcome, entries, notes } = await judge({
    patch: [{ path: 'src/auth/token.ts', content }],
  })

  expect(outcome).toMatchObject({ outputs: { verdict: 'review', risk: { level: 'never' } } })
  const mark = { class: 'authentication', path: 'src/auth/token.ts' }
  expect(entries).toMatchObject([
    {
      key: 'fix/judgement/fix',
      data: {
        work: 'security',
        risk: { marks: expect.arrayContaining([expect.objectContaining(mark)]) },
      },
    },
  ])
  expect(notes.join('\n')).toContain('for a human to decide: authentication (src/auth/token.ts')
})

test('a repair whose fixer is not sure asks for a review of harmless lines too', async () => {
  const repairs = [repairOf('types', [honest], { risk: 'review' })]
  const { outcome } = await judge({ patch: [honest], repairs })

  expect(outcome).toMatchObject({ outputs: { verdict: 'review', risk: { level: 'safe' } } })
})

import { describe, expect, test } from 'vitest'

import type { Repair } from '#domain/failure.ts'
import type { Hosted } from '#domain/hosted.ts'
import type { AcceptedEdit, ModelEdit } from '#domain/recipe.ts'
import type { Commit } from '#ports/repositories.ts'
import { offerRecipe } from '#steps/offer-recipe.ts'

import { headPlace, repairOf, workspaceWith } from '../support/fix-world.ts'
import { hostedContext, memoryHosting } from '../support/hosted-world.ts'

const broken = 'export const total = (rows) => rows.slice(1, rows.size)\n'
const fixed = broken.replace('size', 'length')
const repaired = repairOf('unit', [{ path: 'src/total.js', content: fixed }], {
  strategies: ['coder/fake/one'],
})
const accepted: AcceptedEdit = {
  number: 12,
  path: 'src/names.js',
  before: 'names.slice(2, names.size)',
  after: 'names.slice(2, names.length)',
}
const own: ModelEdit = {
  path: 'src/total.js',
  before: 'rows.size',
  after: 'rows.length',
}

interface Given {
  readonly repairs?: readonly Repair[]
  readonly known?: readonly AcceptedEdit[]
  /** What stands on the default branch. */
  readonly there?: Readonly<Record<string, string>>
  /** What the rule makes of what it is run on. */
  readonly makes?: (before: string) => string | null
  readonly on?: Partial<Hosted>
}

async function offer({ repairs = [repaired], known = [earlier], on = {}, ...given }: Given = {}) {
  const { there = {}, makes = (before: string) => before.replace('size', 'length') } = given
  const { hosting, opened, readied } = memoryHosting()
  const { repositories, ...rest } = workspaceWith({})
  const commits: Commit[] = []
  const kept: ModelEdit[] = []
  const rules: string[] = []
  const step = offerRecipe({
    ...rest,
    repositories: {
      ...repositories,
      read: (_mirror, _sha, path) =>
        Promise.resolve(path === 'src/total.js' ? broken : (there[path] ?? null)),
      resolve: () => Promise.resolve('d'.repeat(40)),
      commit: async (commit) => {
        commits.push(commit)
        return { kind: 'written', sha: 'f'.repeat(40) }
      },
      deliver: () => Promise.resolve('delivered'),
    },
    pullRequests: hosting.pullRequests,
    edits: {
      keep: async (_of, edits) => void kept.push(...edits),
      accepted: () => Promise.resolve(known),
    },
    recipeRunner: {
      async rewrites(_workspace, [edit], rule) {
        rules.push(rule)
        const text = makes(edit?.content ?? '')
        const whole = { fromLine: 1, toLine: 1, start: 0, end: edit?.content?.length ?? 0 }
        return text === null ? [] : [{ path: edit?.path ?? '', text, ...whole }]
      },
    },
  })
  const { context, notes } = hostedContext(on)
  const input = step.input.parse({ place: headPlace, repairs: [...repairs] })
  const outcome = await step.run(input, context)
  return { outcome, opened, readied, commits, kept, rules, notes }
}

/** The same slip, in another place. */
const earlier: AcceptedEdit = {
  ...accepted,
  before: 'names.size',
  after: 'names.length',
}

describe('what a model changed', () => {
  test('is kept, and offered as a recipe for the default branch where people accepted the same before', async () => {
    const { outcome, opened, readied, commits, kept, notes } = await offer()
    expect(outcome).toEqual({ kind: 'done', outputs: { offered: 9 } })
    expect(kept).toEqual([own])
    const path = '.github/goalkeeper/recipes/a-length.yml'
    expect(commits).toMatchObject([{ parent: 'd'.repeat(40), patch: [{ path }] }])
    expect(commits[0]?.patch[0]?.content).toBe(
      `${[
        '# The same change as in #12, and made once more since then. Goalkeeper tries it before it asks a model.',
        'id: "a-length"',
        'language: JavaScript',
        'rule:',
        '  pattern: "$A.size"',
        'fix: "$A.length"',
      ].join('\n')}\n`,
    )
    expect(opened).toMatchObject([
      { base: 'main', head: 'auto-fix/recipe-a-length', labels: ['recipe'] },
    ])
    expect(opened[0]?.body).toContain('#12')
    expect(readied).toEqual([9])
    expect(notes.at(-1)).toContain('#9')
  })

  test.each<[string, Given, number]>([
    ['nobody accepted it before', { known: [] }, 1],
    ['what was accepted is something else', { known: [accepted] }, 1],
    ['ast-grep makes something else of it', { makes: () => 'rows' }, 1],
    ['ast-grep finds it nowhere', { makes: () => null }, 1],
    ['a recipe of that name is there', { there: recipeThere() }, 1],
    ['no model made it', { repairs: [{ ...repaired, strategies: ['types/import'] }] }, 0],
    ['it is one of several files', { repairs: [severalFiles()] }, 0],
    ['a stranger proposed the change', { on: { isFork: true } }, 0],
  ])('is not offered where %s', async (_why, given, count) => {
    const { outcome, opened, commits, kept } = await offer(given)
    expect(outcome).toEqual({ kind: 'done', outputs: { offered: null } })
    expect([opened, commits]).toEqual([[], []])
    expect(kept).toHaveLength(count)
  })
})

function recipeThere(): Record<string, string> {
  return { '.github/goalkeeper/recipes/a-length.yml': 'id: a' }
}

function severalFiles(): Repair {
  return { ...repaired, patch: [...repaired.patch, { path: 'src/b.js', content: 'b()\n' }] }
}

import { expect, test } from 'vitest'

import { parseRecipe } from '#config/recipe.ts'
import { recipesOf } from '#steps/recipes-of.ts'

import { contextOf, headPlace, memoryStore, workspaceWith } from '../support/fix-world.ts'

const folder = '.github/goalkeeper/recipes'
const good = 'id: a\nlanguage: JavaScript\nrule: { pattern: a }\nfix: b\n'

async function look(texts: Readonly<Record<string, string>>, sha: string | null = 'd'.repeat(40)) {
  const { context, notes } = contextOf()
  const { store, entries } = memoryStore()
  const asked: string[] = []
  const repositories = {
    resolve: async () => sha,
    list: async () => [...Object.keys(texts), 'README.md'].map((name) => `${folder}/${name}`),
    read: async (_mirror: unknown, at: string, path: string) => {
      asked.push(at)
      return texts[path.slice(folder.length + 1)] ?? null
    },
  }
  const recipeRunner = {
    complaint: async (_workspace: unknown, rule: string) =>
      rule.includes('Klingon') ? { line: null, words: 'Klingon is no language' } : null,
  }
  const ports = { repositories, store, recipeReader: { parse: parseRecipe }, recipeRunner }
  const workspace = workspaceWith({}).workspaces.open({ source: '/w', mounts: [] }, context.signal)
  const found = await recipesOf(ports, { place: headPlace, workspace }, context)
  return { names: found.map(({ name }) => name), notes, entries, asked: new Set(asked) }
}

test('recipes are those of the default branch, and none where there is no such branch', async () => {
  const { names, notes, asked } = await look({ 'a.yml': good, 'b.yaml': good })

  expect([names, notes, asked]).toEqual([['a', 'b'], [], new Set(['d'.repeat(40)])])
  expect((await look({ 'a.yml': good }, null)).names).toEqual([])
})

test.each([
  ['is no YAML', 'id: [\n', /bad\.yml:2:1: .+\. .+ Until then it is left out\.$/],
  ['has no fix', good.replace(/^fix.*$/m, ''), /bad\.yml:1:1: "?fix"? is missing\. Add it\./],
  ['has a key twice', `${good}fix: c\n`, /bad\.yml:5:1: This key stands here twice\. Remove one/],
  ['is too long', `${good}# ${'x'.repeat(20_000)}`, /bad\.yml:1:1: The recipe is longer/],
  [
    'has a language that is none',
    good.replace('JavaScript', 'Klingon'),
    /bad\.yml:3:1: .*Klingon is no language\. Correct it/,
  ],
])('one that %s is one error at its line, and the others are taken', async (_how, text, words) => {
  const { names, notes, entries } = await look({ 'a.yml': good, 'bad.yml': text })

  expect(names).toEqual(['a'])
  expect(notes).toEqual([expect.stringMatching(words)])
  expect(entries).toMatchObject([{ type: 'fix-remark', data: { kind: 'remark', text: notes[0] } }])
})

test('those behind the twentieth are told, too', async () => {
  const many = Array.from({ length: 22 }, (_, at) => [`${at + 10}.yml`, good] as const)
  const { names, notes } = await look(Object.fromEntries(many))

  expect(names).toHaveLength(20)
  expect(notes.map((note) => /\d+\.yml/.exec(note)?.[0])).toEqual(['30.yml', '31.yml'])
})

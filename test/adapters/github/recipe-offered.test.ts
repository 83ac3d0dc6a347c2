import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { astGrepToolbox, recipeRunner, recipesFixer } from '#adapters/fixers/recipes.ts'
import { gitRepositories } from '#adapters/git/repositories.ts'
import { githubClients } from '#adapters/github/clients.ts'
import { gitCredentials } from '#adapters/github/git-credentials.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import { createWorkspaces } from '#adapters/observer/workspace.ts'
import { parseRecipe } from '#config/recipe.ts'
import { isGreen } from '#domain/evidence.ts'
import type { Place } from '#domain/place.ts'
import type { AcceptedEdit, ModelEdit } from '#domain/recipe.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Repositories } from '#ports/repositories.ts'
import { offerRecipe } from '#steps/offer-recipe.ts'
import { recipesOf } from '#steps/recipes-of.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { memoryStore, repairOf } from '../../support/fix-world.ts'
import { openShop, type Shop } from '../../support/github/shop.ts'
import { hostSandbox } from '../../support/host-sandbox.ts'
import { hostedContext } from '../../support/hosted-world.ts'
import { checkOf } from '../../support/tool-project.ts'

const runner = recipeRunner(join(astGrepToolbox()[0]?.from ?? '', 'ast-grep'))
const counting = (name: string, word: string) =>
  `export const ${name} = (${name}s) => ${name}s.${word}\n`
const testing = `import { test } from 'node:test'
import assert from 'node:assert'
import { third } from '../src/third.js'
test('counts', () => assert.equal(third([1, 2]), 2))
`
const files = {
  'package.json': '{ "type": "module" }\n',
  'src/first.js': counting('first', 'size'),
  'src/second.js': counting('second', 'size'),
  'src/third.js': counting('third', 'size'),
  'test/third.test.js': testing,
}

let shop: Shop
let home: string
let repositories: Repositories
let hosting: Hosting
/** What models changed, and the pull request that people merged it by. */
const edits: AcceptedEdit[] = []

beforeAll(async () => {
  shop = await openShop({ files })
  home = mkdtempSync(join(tmpdir(), 'goalkeeper-recipe-'))
  const { keeper, github } = shop
  const known = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const clients = githubClients(known)
  const us = { id: keeper.app.id, login: 'keeper[bot]' }
  const credentials = gitCredentials(clients, github.url)
  repositories = gitRepositories({ home, env: process.env, credentials })
  hosting = githubHosting(clients.clientFor, async () => us)
})
afterAll(async () => {
  await shop.close()
  rmSync(home, { recursive: true, force: true })
})

const workspaces = createWorkspaces({ sandbox: hostSandbox(), timeoutMs: 60_000 })
const dependencies = { install: async () => ({ kind: 'none-declared' }) as const }

async function placeNow(): Promise<Place> {
  const mirror = await repositories.mirror(`${shop.github.url}/acme/kiosk.git`)
  const headSha = (await repositories.resolve(mirror, 'main')) ?? ''
  return { mirror, headSha, baseSha: null, parentSha: null }
}

function contextNow() {
  const { installation, repository } = shop
  const here = { installation: installation.id, id: repository.id, owner: 'acme', name: 'kiosk' }
  return hostedContext({ repository: here }).context
}

/** The last step of a run in which a model repaired that file; gives the number of what was offered. */
async function modelRepaired(name: string): Promise<unknown> {
  const step = offerRecipe({
    repositories,
    dependencies,
    workspaces,
    pullRequests: hosting.pullRequests,
    recipeRunner: runner,
    edits: {
      accepted: async () => [...edits],
      keep: async (_of, all: readonly ModelEdit[]) =>
        void edits.push(...all.map((one) => ({ ...one, number: 41 }))),
    },
  })
  const patch = [{ path: `src/${name}.js`, content: counting(name, 'length') }]
  const repairs = [repairOf('unit', patch, { strategies: ['coder/fake/one'] })]
  const input = step.input.parse({ place: await placeNow(), repairs })
  const outcome = await step.run(input, contextNow())
  return outcome.kind === 'done' ? outcome.outputs['offered'] : outcome
}

test('what a model repaired twice is offered as a recipe, and merged it repairs the third without a model', async () => {
  expect(await modelRepaired('first')).toBeNull()
  const number = await modelRepaired('second')
  const pull = { ...shop.at, pull_number: Number(number) }
  const { data: offered } = await shop.maria.octokit.rest.pulls.get(pull)
  const { data: changed } = await shop.maria.octokit.rest.pulls.listFiles(pull)
  expect(offered).toMatchObject({ state: 'open', draft: false, base: { ref: 'main' } })
  expect(offered.body).toContain('#41')
  expect(changed.map(({ filename }) => filename)).toEqual([
    '.github/goalkeeper/recipes/a-length.yml',
  ])
  expect(await modelRepaired('second')).toBe(number)

  await shop.maria.octokit.rest.pulls.merge(pull)
  const place = await placeNow()
  const context = contextNow()
  const source = await repositories.checkout(place.mirror, place.headSha, context.runId)
  const workspace = workspaces.open({ source, mounts: [] }, context.signal)
  const { store } = memoryStore()
  const ports = { repositories, store, recipeReader: { parse: parseRecipe }, recipeRunner: runner }
  const recipes = await recipesOf(ports, { place, workspace }, context)
  const check = checkOf(['node-test', 'node --test'])
  const request = await requestFor(workspace, check, { recipes })
  const candidates = await proposals(recipesFixer(runner), request)

  expect(candidates).toMatchObject([
    {
      strategy: 'recipe/a-length',
      patch: [{ path: 'src/third.js', content: counting('third', 'length') }],
    },
  ])
  expect(isGreen(await observedWith(request, candidates))).toBe(true)
  expect(await modelRepaired('third')).toBeNull()
})

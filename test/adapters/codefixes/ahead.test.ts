import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import type { Project } from '../../../src/adapters/codefixes/project/open-project.ts'
import {
  createShelf,
  openAhead,
  type Shelf,
} from '../../../src/adapters/codefixes/project/shelf.ts'
import { repair } from '../../../src/adapters/codefixes/repair.ts'

const files = {
  'package.json': '{ "type": "module" }',
  'src/price.js': 'export const total = (items) => items.length\n',
  'src/receipt.js': "import { total } from './pirce.js'\n\nexport const receipt = total([])\n",
  'test/receipt.test.js': "import { receipt } from '../src/receipt.js'\n\nreceipt\n",
}
const target = {
  tool: 'node-test',
  rule: 'import',
  file: 'test/receipt.test.js',
  line: null,
  column: null,
  message: "Cannot find module '/w/src/pirce.js' imported from /w/src/receipt.js",
}
const question = { targets: [target], configs: [], was: {}, budgetMs: 60_000 }

function repositoryOf(more: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gk-ahead-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** A shelf that tells what was taken from it, and which files of that the compiler was asked about. */
function watchedShelf() {
  const { overlay, open } = createShelf()
  const taken: Project[] = []
  const asked: string[] = []
  const shelf: Shelf = {
    overlay,
    open(plan) {
      const project = open(plan)
      const isWatched = taken.includes(project)
      taken.push(project)
      if (isWatched) return project
      const { service } = project
      const look = service.getSemanticDiagnostics.bind(service)
      vi.spyOn(service, 'getSemanticDiagnostics').mockImplementation((file) => {
        asked.push(file)
        return look(file)
      })
      return project
    },
  }
  return { shelf, taken, asked }
}

const nobody = new Promise<never>(() => undefined)

test('what no configuration speaks for is opened and looked at before anybody asks, and answers as ever', async () => {
  const root = repositoryOf()
  const { shelf, taken, asked } = watchedShelf()

  await openAhead(shelf, root, { configs: ['tsconfig.json'], asked: nobody })

  expect(asked).toHaveLength(3)
  const answer = repair(root, question, shelf)
  expect(new Set(taken).size).toBe(1)
  expect(taken).toHaveLength(2)
  expect(answer.repairs).toEqual(repair(root, question).repairs)
  expect(answer.repairs).toMatchObject([{ strategy: 'types/path' }])
})

test('a configuration that is not the one of the check is left to the question', async () => {
  const { shelf, taken } = watchedShelf()
  const root = repositoryOf({ 'src/tsconfig.json': '{ "compilerOptions": { "allowJs": true } }' })

  await openAhead(shelf, root, { configs: ['tsconfig.json'], asked: nobody })

  expect(taken).toEqual([])
})

test('whoever asks is not kept waiting for the files that were not looked at yet', async () => {
  const { shelf, asked } = watchedShelf()

  await openAhead(shelf, repositoryOf(), { configs: [], asked: Promise.resolve() })

  expect(asked).toEqual([])
})

import { join } from 'node:path'

import { expect, test } from 'vitest'

import { typesFixer } from '#adapters/fixers/types.ts'
import type { Workspace } from '#ports/workspace.ts'

import { proposals } from '../../support/fix-request.ts'
import { found } from '../../support/observed.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

test('a search that goes round for ever ends itself, and is not asked again about these files', async () => {
  const asked: number[] = []
  const { workspace: plain, endless } = goingRound()
  const workspace: Workspace = {
    ...plain,
    run: async (patch, command) => {
      const result = await plain.run(patch, command)
      asked.push(result.durationMs)
      return result
    },
  }

  const check = checkOf(['tsc', 'tsc --noEmit'])
  const rest = { patch: [], snapshotsAllowed: false, recipes: [], base: null }
  const request = { workspace, check, findings: [found()], ...rest }
  const first = await proposals(endless, request)
  const second = await proposals(endless, request)

  expect([first, second]).toEqual([[], []])
  expect(asked).toHaveLength(1)
})

/** A program that is watched like ours and never answers. */
function goingRound() {
  const watchdog = join(import.meta.dirname, '../../../src/adapters/codefixes/watchdog.ts')
  const program = `import { endAfter } from ${JSON.stringify(watchdog)}\nendAfter(300)\nfor (;;);\n`
  return {
    workspace: toolProject({ 'package.json': '{}', 'round.mjs': program }),
    endless: typesFixer({ node: process.execPath, program: 'round.mjs' }),
  }
}

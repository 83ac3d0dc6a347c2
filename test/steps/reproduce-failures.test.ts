import { expect, test } from 'vitest'

import type { StepContext } from '#ports/step.ts'
import { reproduceFailures } from '#steps/reproduce-failures.ts'

import {
  checkOf,
  contextOf,
  findingOf,
  headPlace,
  memoryStore,
  said,
  workspaceWith,
} from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'

const asked = contextOf().context
const named = { ...asked, event: { ...asked.event, checks: ['npx tsc'] } }

/** The order in which the repair was got ready and the check was run. */
async function orderFor(context: StepContext, isRed: boolean): Promise<readonly string[]> {
  const order: string[] = []
  const fixer = {
    foresee: () => void order.push('gets ready'),
    forget: () => void order.push('lets go'),
  }
  const observe = async () => {
    order.push('runs')
    return isRed ? said(findingOf('tsc', 'a.ts', 'broken')) : said()
  }
  const observer = { observe, again: observe }
  const ports = { ...workspaceWith({}), observer, fixers: [fixer], store: memoryStore().store }
  const checks = [checkOf('types', 'tsc')]
  const input = { place: headPlace, checks, configuration: null }
  await reproduceFailures(ports).run(input, context)
  return order
}

test.each([
  ['the command line names', named],
  ['GitHub tells of', hostedContext({ failed: ['types'] }).context],
])('the repair of a red check that %s gets ready while the check runs', async (_who, context) => {
  expect((await orderFor(context, true)).slice(0, 2)).toEqual(['gets ready', 'runs'])
  expect(await orderFor(context, false)).toEqual(['gets ready', 'runs', 'lets go'])
})

test.each([
  ['the command line', asked],
  ['a person on GitHub', hostedContext({ failed: [] }).context],
])('where %s names no red check, the repair gets ready when one is', async (_who, context) => {
  expect(await orderFor(context, true)).toEqual(['runs', 'gets ready'])
  expect(await orderFor(context, false)).toEqual(['runs', 'lets go'])
})

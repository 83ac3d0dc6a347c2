import { expect, test } from 'vitest'

import { workflow } from '#domain/workflow.ts'
import { checkProduction } from '#engine/check-production.ts'

const kinds = {
  ask: { sideEffect: 'none', asksPeople: true },
  deploy: { sideEffect: 'production' },
  restore: { sideEffect: 'production', undoes: 'deploy' },
  undo: { sideEffect: 'production' },
  look: { sideEffect: 'none' },
} as const

const approval = { environment: 'production', 'timeout-minutes': 60 }
const phase = (uses: string, ...needs: readonly string[]) => ({ needs, steps: [{ uses }] })
const asks = phase('ask')

const noWayBack = 'Step "step-1" changes production and nothing undoes it'
const notApproved = 'Step "step-1" changes production without approval'

test.each([
  [
    'behind a step that asks people, and before one that undoes it',
    { asks, deploys: phase('deploy', 'asks'), restores: phase('restore', 'deploys') },
    [],
  ],
  [
    'with phases between',
    {
      asks,
      looks: phase('look', 'asks'),
      deploys: phase('deploy', 'looks'),
      watches: phase('look', 'deploys'),
      restores: phase('restore', 'watches'),
    },
    [],
  ],
  [
    'with an approval and a compensation of its own',
    { deploys: { approval, steps: [{ uses: 'deploy', compensation: 'undo' }] } },
    [],
  ],
  ['as the way back of another', { restores: phase('restore') }, []],
  ['for nothing', { deploys: phase('deploy') }, [noWayBack, notApproved]],
  [
    'beside a step that asks people',
    { asks, deploys: phase('deploy'), restores: phase('restore', 'deploys') },
    [notApproved],
  ],
  [
    'beside a step that would undo it',
    { asks, deploys: phase('deploy', 'asks'), restores: phase('restore', 'asks') },
    [noWayBack],
  ],
  [
    'as an alternative',
    { tries: { steps: [{ uses: 'look', alternatives: ['deploy'] }] } },
    [noWayBack, notApproved],
  ],
])('production is changed %s', (_how, jobs, problems) => {
  const parsed = workflow.parse({
    name: 'w',
    on: ['fix-requested'],
    goal: { objective: 'x', criteria: [{ text: 'x', met: 'true' }] },
    jobs,
  })
  expect(checkProduction(parsed.jobs, kinds).map(({ problem }) => problem)).toEqual(problems)
})

import { expect, test } from 'vitest'

import { workflow } from '#domain/workflow.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'

import { event, kind } from '../support/engine-world.ts'
import { done, stage } from '../support/stage.ts'

const asking = (next: string) =>
  stage(
    { only: { steps: [{ id: 'ask', uses: 'ask' }], outputs: { next } } },
    { ask: () => done({ next: { ...event, ref: 'abc' } }) },
    { again: '${{ needs.only.outputs.next }}' },
  )

test('a run that hands on an event is followed by a run of the same workflow, once, also when it is replayed', async () => {
  const { perform, memory } = asking('${{ steps.ask.outputs.next }}')
  await perform()
  await perform()

  expect(memory.followed).toMatchObject([
    { id: 'r1.2', input: { workflow: { name: 'play' }, event: { ...event, ref: 'abc' } } },
  ])
})

test('a run that hands on nothing is the last', async () => {
  const { perform, memory } = asking('${{ null }}')
  await perform()
  expect(memory.followed).toEqual([])
})

test('what is no event ends the run with an error and is followed by nothing', async () => {
  const { perform, memory } = asking('again')
  expect(await perform()).toMatchObject({ outcome: 'failure' })
  expect(memory.followed).toEqual([])
})

test('an output that nobody hands on is found before anything starts', () => {
  const document = workflow.parse({
    name: 'play',
    on: ['fix-requested'],
    goal: { objective: 'play', criteria: [{ text: 'always', met: 'true' }] },
    jobs: { only: { steps: [{ uses: 'ask' }] } },
    again: '${{ needs.only.outputs.next }}',
  })
  const kinds = { ask: kind('ask', () => Promise.resolve(done())) }
  expect(checkWorkflow(document, kinds)).toMatchObject([{ path: ['again'] }])
})

const other = workflow.parse({
  name: 'culprit',
  on: ['culprit-requested'],
  goal: { objective: 'play', criteria: [{ text: 'always', met: 'true' }] },
  jobs: { only: { steps: [{ uses: 'ask' }] } },
})
const handedOn = (workflows: readonly (typeof other)[]) =>
  stage(
    {
      only: {
        steps: [{ id: 'ask', uses: 'ask' }],
        outputs: { next: '${{ steps.ask.outputs.next }}' },
      },
    },
    { ask: () => done({ next: { ...event, kind: 'culprit-requested', good: null } }) },
    { again: '${{ needs.only.outputs.next }}', workflows },
  )

test('an event of another kind is gone on with by the workflow that it starts', async () => {
  const { perform, memory } = handedOn([other])
  await perform()
  expect(memory.followed).toMatchObject([{ id: 'r1.2', input: { workflow: { name: 'culprit' } } }])
})

test('an event that starts no workflow ends the run with an error', async () => {
  const { perform, memory } = handedOn([])
  expect(await perform()).toMatchObject({ outcome: 'failure' })
  expect(memory.followed).toEqual([])
})

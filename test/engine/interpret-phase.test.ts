import { describe, expect, test } from 'vitest'

import { done, failed, one, type Script, stage } from '../support/stage.ts'

const two = (first: object) => ({
  first: { steps: [{ uses: 'refuse' }], ...first },
  second: { needs: ['first'], steps: [{ uses: 'fine' }] },
})
const scripts = { refuse: () => failed(), fine: () => done() }

describe('a phase', () => {
  test.each([
    ['is skipped when what it needs failed', {}, ['first/step-1:refuse'], 'failure'],
    [
      'goes on when the failure is to be borne',
      { 'on-failure': 'continue' },
      ['first/step-1:refuse', 'second/step-1:fine'],
      'success_with_warnings',
    ],
    ['is skipped when its condition is false', { if: '${{ false }}' }, [], 'success'],
  ])('%s', async (...[, first, ran, outcome]) => {
    const { perform, calls } = stage(two(first), scripts)

    expect((await perform()).outcome).toBe(outcome)
    expect(calls).toEqual(ran)
  })

  test('hands its outputs to the phases that need it', async () => {
    const seen: unknown[] = []
    const { perform } = stage(
      {
        make: {
          steps: [{ id: 'it', uses: 'make' }],
          outputs: { patch: '${{ steps.it.outputs.patch }}' },
        },
        use: {
          needs: ['make'],
          steps: [{ uses: 'take', with: { patch: '${{ needs.make.outputs.patch }}' } }],
        },
      },
      {
        make: () => done({ patch: [{ path: 'a.ts', content: 'x' }] }),
        take: ({ patch }) => {
          seen.push(patch)
          return done()
        },
      },
    )

    await perform()

    expect(seen).toEqual([[{ path: 'a.ts', content: 'x' }]])
  })

  test('that fails undoes what it did, last first, with the inputs it was done with', async () => {
    const undone: unknown[] = []
    const undo: Script = (input) => {
      undone.push(input)
      return done()
    }
    const { perform } = stage(
      one(
        [
          { uses: 'fine', with: { n: 1 }, compensation: 'undo' },
          { uses: 'fine', with: { n: 2 }, compensation: 'undo' },
          { uses: 'refuse', compensation: 'undo' },
        ],
        { 'on-failure': 'rollback' },
      ),
      { ...scripts, undo },
    )

    expect((await perform()).outcome).toBe('failure')
    expect(undone).toEqual([{ n: 2 }, { n: 1 }])
  })

  test.each([
    ['starts once enough people approved', [true, true], 'success', 1],
    ['counts one person once', ['twice'], 'timed_out', 0],
    ['does not start when somebody refuses', [true, false], 'failure', 0],
    ['does not start when nobody answers', [], 'timed_out', 0],
  ])('with an approval %s', async (...[, decisions, outcome, ran]) => {
    const { perform, calls, memory } = stage(
      one([{ uses: 'fine' }], {
        approval: { environment: 'production', required: 2, 'timeout-minutes': 1 },
      }),
      scripts,
    )
    const messages = decisions.flatMap((decided, index) =>
      decided === 'twice'
        ? [
            { approved: true, by: 'ann' },
            { approved: true, by: 'ann' },
          ]
        : [{ approved: decided === true, by: `person ${index}` }],
    )
    memory.messages.set('approval/only', messages)

    expect((await perform()).outcome).toBe(outcome)
    expect(calls).toHaveLength(ran)
  })
})

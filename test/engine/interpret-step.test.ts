import { describe, expect, test } from 'vitest'

import { done, endless, failed, one, stage } from '../support/stage.ts'

describe('a step', () => {
  test('takes its inputs from earlier outputs, type and all', async () => {
    const seen: unknown[] = []
    const { perform } = stage(
      one([
        { id: 'count', uses: 'count' },
        { uses: 'show', with: { n: '${{ steps.count.outputs.n }}' } },
      ]),
      {
        count: () => done({ n: 3 }),
        show: ({ n }) => {
          seen.push(n)
          return done()
        },
      },
    )

    expect((await perform()).outcome).toBe('success')
    expect(seen).toEqual([3])
  })

  test('that throws is tried again after pauses that double, and its attempts are on record', async () => {
    let tries = 0
    const { perform, memory, attempts } = stage(
      one([{ uses: 'shaky', retry: { attempts: 3, 'initial-delay-seconds': 2 } }]),
      {
        shaky: () => {
          tries += 1
          if (tries < 3) throw new Error(`break ${tries}`)
          return done()
        },
      },
    )

    expect((await perform()).outcome).toBe('success')
    expect(memory.slept).toEqual([2000, 4000])
    expect(
      [...attempts.values()].map(({ number, state, detail }) => [number, state, detail]),
    ).toEqual([
      [1, 'failed', 'break 1'],
      [2, 'failed', 'break 2'],
      [3, 'succeeded', null],
    ])
  })

  test('that throws to the end makes the run fail with its message', async () => {
    const { perform, runs } = stage(one([{ uses: 'broken' }]), {
      broken: () => {
        throw new Error('disk is gone')
      },
    })

    expect(await perform()).toMatchObject({
      outcome: 'failure',
      reason: null,
      detail: 'disk is gone',
    })
    expect(runs.get('r1')).toMatchObject({ state: 'finished', outcome: 'failure' })
  })

  test('that failed for a named reason is never tried again', async () => {
    const { perform, calls } = stage(one([{ uses: 'refuse', retry: { attempts: 5 } }]), {
      refuse: () => failed('nothing fits'),
    })

    expect(await perform()).toMatchObject({ reason: 'no-fix-found', detail: 'nothing fits' })
    expect(calls).toHaveLength(1)
  })

  test('gives way to its alternatives in their order', async () => {
    const { perform, calls } = stage(
      one([{ id: 'fix', uses: 'a', alternatives: ['b', 'c', 'd'] }]),
      { a: () => failed(), b: () => failed(), c: () => done(), d: () => done() },
    )

    expect((await perform()).outcome).toBe('success')
    expect(calls).toEqual(['only/fix:a', 'only/fix:b', 'only/fix:c'])
  })

  test('that takes too long is told to stop and fails as timed out', async () => {
    const { perform } = stage(one([{ uses: 'slow', 'timeout-minutes': 0.001 }]), {
      slow: endless,
    })

    expect(await perform()).toMatchObject({ outcome: 'timed_out', reason: 'timed-out' })
  })

  test('is skipped after a failure, unless its condition asks for it', async () => {
    const { perform, calls } = stage(
      one([
        { id: 'first', uses: 'refuse' },
        { id: 'second', uses: 'fine' },
        { id: 'last', uses: 'fine', if: '${{ always() }}' },
      ]),
      { refuse: () => failed(), fine: () => done() },
    )

    expect((await perform()).outcome).toBe('failure')
    expect(calls).toEqual(['only/first:refuse', 'only/last:fine'])
  })

  test('whose kind or inputs are wrong fails the run as a matter of configuration', async () => {
    const { perform } = stage(one([{ uses: 'nobody' }]), {})

    expect(await perform()).toMatchObject({ outcome: 'failure', reason: 'configuration-invalid' })
  })

  test('that waits is called again with the message, and what was done before is not done again', async () => {
    const { perform, calls, memory } = stage(
      one([
        { id: 'before', uses: 'fine' },
        { id: 'ask', uses: 'ask' },
      ]),
      {
        fine: () => done(),
        ask: (_input, { message }) =>
          message === undefined
            ? { kind: 'wait', topic: 'answer', timeoutMs: 1000 }
            : done({ message }),
      },
    )
    memory.messages.set('answer', ['yes'])

    expect((await perform()).outcome).toBe('success')
    expect(calls).toEqual(['only/before:fine', 'only/ask:ask', 'only/ask:ask'])
  })

  test('whose wait nobody ended fails as timed out', async () => {
    const { perform } = stage(one([{ uses: 'ask' }]), {
      ask: () => ({ kind: 'wait', topic: 'answer', timeoutMs: 1 }),
    })

    expect(await perform()).toMatchObject({ outcome: 'timed_out', reason: 'timed-out' })
  })

  test('that answers itself when nobody did is called again with nothing', async () => {
    const { perform, calls } = stage(one([{ uses: 'ask' }]), {
      ask: (_input, { message }) =>
        message === undefined
          ? { kind: 'wait', topic: 'answer', timeoutMs: 1, resumes: true }
          : done({ message }),
    })

    expect((await perform()).outcome).toBe('success')
    expect(calls).toHaveLength(2)
  })
})

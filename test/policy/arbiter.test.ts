import { expect, test } from 'vitest'

import { arbitrate, type Dispute, type Ruling } from '#policy/arbiter.ts'

const redSince = new Date('2026-11-29T12:00:00Z')
const after = (minutes: number): Date => new Date(redSince.getTime() + minutes * 60_000)
const dispute: Dispute = { over: null, fixes: [], redSince, now: after(10), patienceMinutes: 30 }

test.each<[string, Partial<Dispute>, Ruling]>([
  ['waits for what is left of its time', {}, { kind: 'wait', ms: 20 * 60_000 }],
  ['reverts when the time is up', { now: after(30) }, { kind: 'revert' }],
  ['reverts at once where no fix is waited for', { patienceMinutes: 0 }, { kind: 'revert' }],
  [
    'takes a green fix, also when the time is up',
    { now: after(90), fixes: [{ number: 7, verdict: 'green' }] },
    { kind: 'fix-forward', number: 7 },
  ],
  [
    'takes the green one of several',
    {
      fixes: [
        { number: 6, verdict: 'red' },
        { number: 7, verdict: 'green' },
      ],
    },
    { kind: 'fix-forward', number: 7 },
  ],
  [
    'is held up by no fix that is only under way',
    { now: after(30), fixes: [{ number: 7, verdict: 'pending' }] },
    { kind: 'revert' },
  ],
  [
    'takes no fix for green that nothing reported on',
    { now: after(30), fixes: [{ number: 7, verdict: 'none' }] },
    { kind: 'revert' },
  ],
  [
    'stands down before all else',
    { over: 'went-green', fixes: [{ number: 7, verdict: 'green' }] },
    { kind: 'stand-down', because: 'went-green' },
  ],
])('the arbiter %s', (_title, more, ruling) => {
  expect(arbitrate({ ...dispute, ...more })).toEqual(ruling)
})

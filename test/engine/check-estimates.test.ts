import { describe, expect, test } from 'vitest'

import { phase, problemsOf } from '../support/workflow-problems.ts'

const lasting = (minutes: number, fields: object = {}) => ({
  'estimate-minutes': minutes,
  ...phase({ uses: 'notify' }),
  ...fields,
})
describe('time', () => {
  const chain = {
    validate: lasting(15),
    build: lasting(10, { needs: ['validate'] }),
    staging: lasting(15, { needs: ['build'] }),
    production: lasting(15, { needs: ['staging'] }),
    after: lasting(5, { needs: ['production'] }),
  }

  test.each([
    ['S0-23: a plan of 60 minutes fits a deadline of 60', chain, 60, []],
    [
      'K3: a plan of 60 minutes does not fit one of 59',
      chain,
      59,
      [
        'goal.deadline-minutes: The plan takes 60 minutes (validate 15 + build 10 + staging 15 + production 15 + after 5), the deadline is 59. Raise the deadline, or let more phases run side by side.',
      ],
    ],
    ['side by side, the slowest counts', { a: lasting(15), b: lasting(30) }, 30, []],
    [
      'K38: two writers of one file take both their times',
      { a: lasting(15, { writes: ['x'] }), b: lasting(30, { writes: ['x'] }) },
      30,
      [
        'goal.deadline-minutes: The plan takes 45 minutes (a 15 + b 30), the deadline is 30. Raise the deadline, or let more phases run side by side.',
      ],
    ],
  ])('%s', (...[, jobs, deadline, problems]) => {
    expect(problemsOf(jobs, { goal: { 'deadline-minutes': deadline } })).toEqual(problems)
  })

  test('a phase cannot take longer than it may', () => {
    expect(problemsOf({ a: lasting(10, { 'timeout-minutes': 5 }) })).toEqual([
      'jobs.a.timeout-minutes: Phase "a" is stopped after 5 minutes, but estimated to take 10. Raise "timeout-minutes" or correct "estimate-minutes".',
    ])
  })
})

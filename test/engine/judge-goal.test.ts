import { describe, expect, test } from 'vitest'

import { done, endless, one, stage } from '../support/stage.ts'

const criterion = (met: string, required = true) => ({ text: met, met, required })

describe('the goal', () => {
  const outputs = { n: '${{ steps.it.outputs.n }}' }
  const jobs = one([{ id: 'it', uses: 'count' }], { outputs })

  test.each([
    ['is reached when all criteria are met', ['needs.only.outputs.n == 3'], [], 'success'],
    ['is missed when none is', ['needs.only.outputs.n == 4'], [], 'failure'],
    ['is reached in part when some are', ['needs.only.outputs.n == 3', 'false'], [], 'partial'],
    ['bears what is not required', ['true'], ['false'], 'success_with_warnings'],
    ['is missed when a criterion makes no sense', ['fromJSON(1'], [], 'failure'],
  ])('%s', async (...[, required, optional, outcome]) => {
    const criteria = [
      ...required.map((met) => criterion(met)),
      ...optional.map((met) => criterion(met, false)),
    ]
    const { perform } = stage(jobs, { count: () => done({ n: 3 }) }, { criteria })

    expect((await perform()).outcome).toBe(outcome)
  })

  test('has a deadline that ends the step under way', async () => {
    const { perform } = stage(
      one([{ uses: 'slow' }]),
      {
        slow: endless,
      },
      { 'deadline-minutes': 0.001 },
    )

    expect(await perform()).toMatchObject({ outcome: 'timed_out' })
  })
})

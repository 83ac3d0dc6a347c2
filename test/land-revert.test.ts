import { expect, test } from 'vitest'

import { deployWorld } from './support/deploy-world.ts'

const landing = '      land-revert: true\n'
const bad = { b: { status: 500 } }
const deployed = (plan = landing) => deployWorld(bad, true, plan)
const proposed = 'Revert #6: Faster checkout → main'

test('what takes a deploy back is merged as the commit that was checked, where the rules say so', async () => {
  const { next, opened, change } = deployed()
  await next(5, 'a')
  expect(await next(6, 'b')).toMatchObject({ state: 'rolled-back' })
  expect(opened).toEqual([proposed, 'merged #9 at r1'])
  expect(change.said).toContainEqual(expect.stringContaining('Merged, as the commit whose checks'))
})

test('it is left to people where they do not', async () => {
  const { next, opened } = deployed('')
  await next(5, 'a')
  await next(6, 'b')
  expect(opened).toEqual([proposed])
})

test('it waits for its checks and for the protection of the branch, and says so once each', async () => {
  const { next, opened, change, revert, meanwhile } = deployed()
  await next(5, 'a')
  Object.assign(revert, { verdict: 'pending', branch: 'protected' })
  const said = () => change.said.filter((one) => one.includes('goalkeeper:landing'))
  // Three waits after each that is said it is as it was, and then it is not any more.
  const stages = [{ verdict: 'green' }, { branch: 'takes' }]
  let seen = 0
  const look = async () => {
    seen = said().length > 2 - stages.length ? seen + 1 : 0
    if (seen === 3) Object.assign(revert, stages.shift())
    if (stages.length > 0) meanwhile.push(look)
  }
  meanwhile.push(look)
  await next(6, 'b')
  expect(said().map((one) => one.split('\n')[1])).toEqual([
    'Is merged when its checks are green; they are not over yet.',
    'Waits for what the protection of the branch asks for.',
    'Merged, as the commit whose checks are green.',
  ])
  expect(opened).toEqual([proposed, 'merged #9 at r1'])
})

test.each([
  ['its checks stay red', { verdict: 'red' }, 'they are red'],
  ['nobody ever checks it', { verdict: 'none' }, 'none has reported yet'],
  ['a review is missing', { branch: 'protected' }, 'the protection of the branch'],
  [
    'GitHub refuses',
    { refusal: 'Merge commits are not allowed.' },
    'Merge commits are not allowed.',
  ],
])('it is left to people after half a day where %s', async (...[, how, words]) => {
  const { next, opened, change, revert } = deployed()
  await next(5, 'a')
  Object.assign(revert, how)
  await next(6, 'b')
  expect(opened).toEqual([proposed])
  expect(change.said).toContainEqual(expect.stringContaining(words))
  expect(change.said.at(-1)).toContain('it is left to people')
})

test('what somebody pushed to it is not merged', async () => {
  const { next, opened, change, revert } = deployed()
  await next(5, 'a')
  Object.assign(revert, { headSha: 'r2' })
  await next(6, 'b')
  expect(opened).toEqual([proposed])
  expect(change.said.join('\n')).toContain('Somebody pushed to it')
})

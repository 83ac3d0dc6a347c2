import { expect, test } from 'vitest'

import { emergencyIn } from '#domain/second-look.ts'
import { emergenciesText } from '#messages/second-look.ts'

import { deployWorld } from './support/deploy-world.ts'
import { maria, people } from './support/gated-change.ts'

const [ann, , bob] = people
const isUrgent = { emergency: true, reason: 'checkout is down' }

/** Deploys are frozen, and maria has one go out all the same. */
async function emergency(before: (world: ReturnType<typeof deployWorld>) => unknown = () => null) {
  const world = deployWorld({})
  const { change, audit } = world
  change.roles.set('maria', 'maintain')
  change.another(5, 'a')
  await change.hear()
  change.pass(1)
  await change.write(maria, 'freeze', { environment: null })()
  change.pass(1)
  const { sha } = change.change()
  await before(world)
  await change.write(maria, 'approve-deploy', { ...isUrgent, sha })()
  expect(await world.deploy()).toMatchObject({ state: 'verified' })
  const found = () => {
    const own = [...audit.values()].filter(({ runId }) => runId === 'run_1')
    return emergencyIn(own.map((entry) => ({ ...entry, at: change.clock.now().toISOString() })))
  }
  const say = (person: typeof maria, verb: 'approve-deploy' | 'reject-deploy') =>
    change.write(person, verb, { sha, reason: null })()
  return { ...world, found, say }
}

test('an emergency asks for the look of somebody else, on the pull request, in the report and in the news', async () => {
  const { change, news, found } = await emergency()
  expect(found()).toMatchObject({ id: maria.id, reason: 'checkout is down', look: null })
  expect(change.said.at(-1)).toContain(
    'Somebody else has to look at it: `/approve-deploy production aaaaaaaaaaaa` confirms',
  )
  const line = 'Emergency: maria: checkout is down; nobody else has looked, due 2026-11-30T10:'
  expect(change.said.at(-1)).toContain(line)
  expect(news.at(-1)?.brief).toContain(line)
  const looked = found()
  if (looked === null) throw new Error('No emergency is on record.')
  expect(emergenciesText([{ runId: 'run_1', emergency: looked }])).toContain(
    `Emergencies: 1, 1 of them without a second look\n  ⚠ run_1: ${line}`,
  )
})

test('somebody else confirms it, and nothing is deployed by that', async () => {
  const { change, say, found, place } = await emergency()
  await say(bob, 'approve-deploy')
  expect(change.said.at(-1)).toContain('bob confirmed the emergency')
  expect(found()?.look).toMatchObject({ verdict: 'confirmed', by: 'bob' })
  expect(place.orders).toHaveLength(1)
  const { approvals } = change.parts
  expect(await approvals.of({ repository: 11, pull: 5, environment: 'production' })).toHaveLength(1)
})

test('or objects, and the last word of others counts', async () => {
  const { say, found } = await emergency()
  await say(bob, 'approve-deploy')
  await say(bob, 'reject-deploy')
  expect(found()?.look).toMatchObject({ verdict: 'objected', by: 'bob' })
})

test.each([
  ['who called it an emergency', maria],
  ['who wrote the change', ann],
])('the word of %s is no second look', async (_who, person) => {
  const { say, found } = await emergency()
  await say(person, 'approve-deploy')
  expect(found()?.look).toBeNull()
})

test('where somebody else had approved it as well, nobody has to look again', async () => {
  const { found } = await emergency(async ({ change }) => {
    await change.write(bob, 'approve-deploy', change.change().sha)()
  })
  expect(found()).toBeNull()
})

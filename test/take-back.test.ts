import { describe, expect, test } from 'vitest'

import { deployWorld } from './support/deploy-world.ts'
import { people } from './support/gated-change.ts'

const [ann, , bob] = people
const tasks = (orders: ReturnType<typeof deployWorld>['place']['orders']) =>
  orders.map(({ order: { task, sha } }) => `${task} ${sha[0]}`)

/** Two good deploys, the second of which somebody has second thoughts about. */
async function twoVerified(versions: Parameters<typeof deployWorld>[0] = {}) {
  const world = deployWorld(versions)
  await world.next(5, 'a')
  expect(await world.next(6, 'b')).toMatchObject({ state: 'verified' })
  return world
}

describe('what a person wants taken back', () => {
  test('is: the version before is live, its commit is proposed back, and people are told', async () => {
    const { change, rollBack, place, incidents, opened, news } = await twoVerified()
    expect(await rollBack(ann, 'customers call')).toEqual({
      outcome: 'success',
      state: 'rolled-back',
    })
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a'])
    expect(place.live()).toBe('a')
    expect(change.said.join('\n')).toContain('`production` is rolled back from `bbbbbbbbbbbb`')
    expect(change.said.join('\n')).toContain('Rolled back to previous version')
    expect(change.said.join('\n')).toContain('Reason: somebody said so; ann: customers call')
    expect(incidents).toEqual([expect.stringContaining('Incident in production: bbbb')])
    expect(opened).toEqual(['Revert #6: Faster checkout → main'])
    expect(news.at(-1)).toMatchObject({ type: 'deploy.rolled-back' })
  })

  test('is taken back once, and nothing before it with it', async () => {
    const { change, rollBack, place } = await twoVerified()
    await rollBack()
    expect(await rollBack(bob)).toBeNull()
    expect(change.said.at(-1)).toContain('what was deployed there last was taken back already')
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a'])
  })

  test('is not deployed again, and what comes after it is approved anew and goes back no further', async () => {
    const { change, rollBack, approve, deploy, place } = await twoVerified()
    change.another(7, 'c')
    await change.hear()
    await approve()
    change.another(6, 'b')
    await rollBack()
    await approve()
    expect(await deploy()).toMatchObject({ state: 'refused' })
    change.another(7, 'c')
    expect(await deploy()).toMatchObject({ state: 'refused' })
    change.pass(1)
    await approve()
    expect(await deploy()).toMatchObject({ state: 'verified' })
    expect(await rollBack()).toMatchObject({ state: 'rolled-back' })
    expect(tasks(place.orders).slice(2)).toEqual(['rollback a', 'deploy c', 'rollback a'])
  })

  test('is taken back also while Goalkeeper is switched off, paused, locked and frozen', async () => {
    const { change, rollBack, place } = await twoVerified()
    change.roles.set('bob', 'admin')
    change.variables.set('GOALKEEPER_ENABLED', 'false')
    await change.write(bob, 'lock')()
    await change.write(bob, 'freeze', { environment: null })()
    await change.write(bob, 'pause', { environment: null })()
    expect(await rollBack()).toMatchObject({ state: 'rolled-back' })
    expect(place.live()).toBe('a')
  })

  test('is taken back also where it is said under an issue', async () => {
    const { change, rollBack, place } = await twoVerified()
    change.place.onPull = false
    expect(await rollBack()).toMatchObject({ state: 'rolled-back' })
    expect(place.live()).toBe('a')
  })

  test('while it is watched is taken back by its own run, and once', async () => {
    const { change, next, rollBack, follow, meanwhile, place, notes } = deployWorld({})
    await next(5, 'a')
    // The run of the wish comes later, as on a machine that is busy.
    meanwhile.push(change.write(bob, 'rollback'))
    expect(await next(6, 'b')).toMatchObject({ state: 'rolled-back' })
    expect(notes).toContain('deploy run_2')
    expect(change.said.join('\n')).toContain('Reason: somebody said so; bob')
    expect(await rollBack(ann)).toMatchObject({ state: 'refused' })
    expect(change.said.at(-1)).toContain('what was deployed there last was taken back already')
    expect(await follow()).toBeNull()
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a'])
  })

  test('that had an incident before gets no second one', async () => {
    const versions: Record<string, { status: number }> = { b: { status: 500 } }
    const { next, rollBack, place, change, incidents } = deployWorld(versions)
    await next(5, 'a')
    versions['a'] = { status: 500 }
    expect(await next(6, 'b')).toMatchObject({ state: 'rollback-failed' })
    versions['a'] = { status: 200 }
    expect(await rollBack()).toMatchObject({ state: 'rolled-back' })
    expect(incidents).toHaveLength(1)
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a', 'rollback a'])
    // On the pull request, below the report, and under the incident.
    expect(change.said.filter((one) => one.includes('somebody said so; maria'))).toHaveLength(3)
  })

  test.each([
    ['a workflow', '{ workflow: deploy.yml }', { workflow: 'deploy.yml' }],
    ['Vercel', '{ vercel: prj_1 }', { vercel: 'prj_1', team: null }],
    ['a command', 'command', 'command'],
    ['whoever listens to GitHub', 'null', null],
  ])('is taken back by who deploys: %s', async (_who, by, means) => {
    const world = deployWorld({}, true, `      by: ${by}\n`)
    await world.next(5, 'a')
    await world.next(6, 'b')
    await world.rollBack()
    const { order } = world.place.orders.at(-1) ?? {}
    const key = expect.stringMatching(/^run_\S+ rollback$/)
    expect(order).toMatchObject({ means, task: 'rollback', sha: 'a'.repeat(40), key })
    const keys = world.place.orders.map(({ order: one }) => one.key)
    expect(new Set(keys).size).toBe(3)
  })

  test('is not where who asked may not any more when its turn comes', async () => {
    const { change, follow, place } = await twoVerified()
    await change.write(bob, 'rollback')()
    change.roles.set('bob', 'read')
    expect(await follow()).toMatchObject({ outcome: 'failure', state: 'refused' })
    expect(change.said.at(-1)).toContain('this needs another role')
    expect(place.live()).toBe('b')
  })
})

describe('nothing is taken back', () => {
  test('where nothing was verified before', async () => {
    const { change, next, rollBack } = deployWorld({})
    await next(5, 'a')
    expect(await rollBack()).toBeNull()
    expect(change.said.at(-1)).toContain('nothing was verified there before')
  })

  test.each(['triage', 'read', 'none'])('by somebody with the role %s', async (role) => {
    const { change, rollBack, place } = await twoVerified()
    change.roles.set('bob', role)
    expect(await rollBack(bob)).toBeNull()
    expect(place.live()).toBe('b')
  })

  test('in an environment that there is not', async () => {
    const { change } = await twoVerified()
    await change.write(bob, 'rollback', { environment: 'checkout', reason: 'is broken' })()
    expect(change.said.at(-1)).toContain('which environment? There is `production`.')
  })
})

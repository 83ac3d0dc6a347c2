import { describe, expect, test } from 'vitest'

import { deployWorld } from './support/deploy-world.ts'
import { repository } from './support/gated-change.ts'

const tasks = (orders: ReturnType<typeof deployWorld>['place']['orders']) =>
  orders.map(({ order: { task, sha } }) => `${task} ${sha[0]}`)

describe('an approved change', () => {
  test('is deployed, watched and verified, and the pull request is told', async () => {
    const { next, place, change, news } = deployWorld({})
    expect(await next(5, 'a')).toEqual({ outcome: 'success', state: 'verified' })
    expect(news).toMatchObject([{ key: 'deploy run_1', type: 'deploy.verified' }])
    expect(tasks(place.orders)).toEqual(['deploy a'])
    expect(change.said.at(-1)).toContain('✅ DEPLOYMENT SUCCESSFUL')
    expect(change.said.at(-1)).toContain('errors 30 of 30000 → 30 of 30000')
    expect(change.said.at(-1)).toContain('Followed at: `https://builds.example/deploy`')
    expect(change.said.at(-1)).toContain('DEPLOYMENT COMPLETE')
    expect(change.said.at(-1)).toContain('Files Changed:\n- migrations/3.sql')
    expect(change.said.at(-1)).toMatch(/What it changes: 🛑 .*`migrations\/3.sql`/)
    expect(change.said.at(-1)).toMatch(/Taking it back: 🛑 .*`migrations\/3.sql:1`/)
    expect(change.said.at(-1)).toContain('✅ VERIFIED: Errors 30 of 30000')
  })

  test('that makes errors more frequent is taken back within a minute, once, and its commit too', async () => {
    const { next, place, change, incidents, opened } = deployWorld({ b: { errorsPerSecond: 2 } })
    await next(5, 'a')
    expect(await next(6, 'b')).toMatchObject({ state: 'rolled-back' })
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a'])
    expect(place.live()).toBe('a')
    const [, bad, back] = place.orders
    const settled = (bad?.at.getTime() ?? 0) + 50_000
    expect((back?.at.getTime() ?? 0) - settled).toBeLessThanOrEqual(60_000)
    expect(incidents).toEqual([expect.stringContaining('Incident in production: bbbb')])
    expect(opened).toEqual(['Revert #6: Faster checkout → main'])
    expect(change.said.join('\n')).toContain('Rolled back to previous version')
    expect(change.said.at(-1)).toContain('Errors in `production` are what they were: ')
  })

  test('that does not answer is taken back', async () => {
    const { next, place } = deployWorld({ b: { status: 500 } })
    await next(5, 'a')
    expect(await next(6, 'b')).toMatchObject({ state: 'rolled-back' })
    expect(place.live()).toBe('a')
  })

  test('is on record with who carried it out and what they said, and so is the way back', async () => {
    const { next, audit } = deployWorld({ b: { status: 500 }, c: { builds: false } })
    for (const [number, sha] of ['a', 'c', 'b'].entries()) await next(number + 5, sha)
    const carried = [...audit.values()].filter(({ type }) => type === 'deploy-carried')
    const trace = 'https://builds.example/deploy'
    expect(carried.map(({ data }) => data)).toMatchObject([
      { sha: expect.stringMatching(/^a/), means: null, kind: 'live', trace, said: 'up' },
      { sha: expect.stringMatching(/^c/), kind: 'failed', said: 'it does not compile' },
      { sha: expect.stringMatching(/^b/), kind: 'live' },
      { sha: expect.stringMatching(/^a/), kind: 'live', trace: 'https://builds.example/rollback' },
    ])
  })

  test('that people report to be broken is taken back, though its errors are no more frequent', async () => {
    const { next, place, change } = deployWorld({ b: { isReported: true } })
    await next(5, 'a')
    expect(await next(6, 'b')).toMatchObject({ state: 'rolled-back' })
    expect(place.live()).toBe('a')
    expect(change.said.join('\n')).toContain('people report that it is broken; #31')
  })

  test('that does not build changed nothing, and nothing is taken back', async () => {
    const { next, place, change, incidents, opened } = deployWorld({ b: { builds: false } })
    await next(5, 'a')
    expect(await next(6, 'b')).toMatchObject({ state: 'not-deployed' })
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b'])
    expect(change.said.at(-1)).toContain('Previous version still live')
    expect([incidents.length, opened.length]).toEqual([1, 0])
  })

  test.each([
    ['is waited for', 300, 'verified'],
    ['is not waited for any longer', 311, 'unverified'],
  ])(
    'that takes five minutes to be live, asked for every ten seconds, %s (S2-17)',
    async (...of) => {
      const [, buildSeconds, state] = of
      const { next, place } = deployWorld({ a: { buildSeconds } })
      expect(await next(5, 'a')).toMatchObject({ state })
      expect(tasks(place.orders)).toEqual(['deploy a'])
    },
  )

  test('that is bad where nothing was verified before has no way back, and people are told', async () => {
    const { next, place, change, opened } = deployWorld({ a: { status: 500 } })
    expect(await next(5, 'a')).toMatchObject({ state: 'rollback-failed' })
    expect(tasks(place.orders)).toEqual(['deploy a'])
    expect(change.said.at(-1)).toContain('look at once')
    expect(opened).toHaveLength(1)
  })

  test('that nobody can judge is live and not called verified', async () => {
    const { next, incidents } = deployWorld({ a: { errorsPerSecond: 0.15 } })
    expect(await next(5, 'a')).toMatchObject({ outcome: 'partial', state: 'unverified' })
    expect(incidents).toEqual([])
  })

  test('that is found bad twenty minutes too late is not taken back: that says nothing about now', async () => {
    const { next, change, place, meanwhile } = deployWorld({ b: { status: 500 } })
    await next(5, 'a')
    const away = () => {
      if (place.live() === 'b') change.pass(3600)
      else meanwhile.push(async () => away())
    }
    away()
    expect(await next(6, 'b')).toMatchObject({ state: 'unverified' })
    expect(change.said.at(-1)).toContain('nobody looked for so long')
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b'])
  })

  test('that nobody may ask for want of a setting is not taken for broken, and names it', async () => {
    const { next, change, place } = deployWorld({ b: { status: 500, unaskedFor: 'WATCH_HOSTS' } })
    await next(5, 'a')
    expect(await next(6, 'b')).toMatchObject({ state: 'unverified' })
    expect(change.said.at(-1)).toContain('nothing was measured')
    expect(change.said.at(-1)).toContain('WATCH_HOSTS of Goalkeeper does not name the host')
    expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b'])
  })

  test('that nobody can judge for want of a setting names it', async () => {
    const { next, change } = deployWorld({ a: { uncountedFor: 'SENTRY_TOKEN' } })
    expect(await next(5, 'a')).toMatchObject({ state: 'unverified' })
    expect(change.said.at(-1)).toContain(
      'nothing was measured; SENTRY_TOKEN and SENTRY_PROJECTS are not set',
    )
  })

  test.each([
    ['it is not merged', false, 0, true],
    ['its approval is over', true, 25 * 3600, true],
    ['Goalkeeper is switched off', true, 0, false],
  ])('is not deployed where %s', async (...[, merged, seconds, mayDeploy]) => {
    const { change, approve, deploy, place } = deployWorld({}, mayDeploy)
    if (merged) change.another(5, 'a')
    await change.hear()
    await approve()
    change.pass(seconds)
    expect(await deploy()).toMatchObject({ state: 'refused' })
    expect(place.orders).toEqual([])
  })

  test('whose approver lost the role is not deployed', async () => {
    const { change, approve, deploy, place } = deployWorld({})
    change.another(5, 'a')
    await approve()
    change.roles.set('maria', 'read')
    expect(await deploy()).toMatchObject({ state: 'refused' })
    expect(place.orders).toEqual([])
  })

  test('is deployed once, however often it is asked for', async () => {
    const { next, approve, deploy, place } = deployWorld({})
    await next(5, 'a')
    expect(await deploy()).toMatchObject({ state: 'refused' })
    await approve()
    expect(await deploy()).toMatchObject({ state: 'refused' })
    expect(await deploy('run_1')).toMatchObject({ state: 'verified' })
    expect(tasks(place.orders)).toEqual(['deploy a'])
  })
})

test('whoever is next in line is told as soon as a deploy has ended', async () => {
  const { next, deployments, change, notes, meanwhile } = deployWorld({})
  const place = { repository: 11, environment: 'production', pull: 6, sha: 'b' }
  const lease = { now: change.clock.now(), until: new Date('2026-12-01') }
  meanwhile.push(() => deployments.enter({ ...place, runId: 'the next' }, lease))
  const { openGates } = change.parts
  const far = new Date('2026-12-01')
  await openGates.watch({ repository, pull: 9 }, { lookAt: far, openUntil: far })
  await next(5, 'a')
  expect(notes).toContain('deploy the next')
  expect(await openGates.due(change.clock.now())).toContainEqual({
    repository,
    pull: 9,
    lookAt: expect.any(Date),
  })
})

test('what was taken back is not deployed again, and the next one is held until somebody approves it anew', async () => {
  const { next, change, approve, deploy, place } = deployWorld({ b: { status: 500 } })
  await next(5, 'a')
  change.another(7, 'c')
  await change.hear()
  await approve()
  await next(6, 'b')
  await approve()
  expect(await deploy()).toMatchObject({ state: 'refused' })
  change.another(7, 'c')
  expect(await deploy()).toMatchObject({ state: 'refused' })
  change.pass(1)
  await approve()
  expect(await deploy()).toMatchObject({ state: 'verified' })
  expect(tasks(place.orders)).toEqual(['deploy a', 'deploy b', 'rollback a', 'deploy c'])
})

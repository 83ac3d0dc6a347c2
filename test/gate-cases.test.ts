import { describe, expect, test } from 'vitest'

import { translate } from '#webhooks/translate.ts'

import { showInQueue } from '../src/app-gate-check.ts'
import { onWordsChanged } from '../src/app-hub-gate.ts'
import { gatedChange, hub, maria, people, repository } from './support/gated-change.ts'

const rules = (more = '') => `environments:\n  production: { ${more} }\n`
const [ann, , bob] = people

/** A change whose check stands, and a second later. */
async function shown(more = '') {
  const world = gatedChange(rules(more))
  await world.hear()
  world.pass(1)
  const approve = (by: typeof maria = maria) =>
    world.write(by, 'approve-deploy', world.change().sha)()
  return { ...world, approve }
}
const last = (said: readonly string[]) => said.at(-1) ?? ''

describe('two who speak at once', () => {
  test('and approve are two of two, and told twice they are still two', async () => {
    const world = await shown('approvals: 2')
    const { sha } = world.change()
    const words = [maria, bob].map((one) => world.write(one, 'approve-deploy', sha))
    await Promise.all([...words, ...words].map((say) => say()))
    expect(world.gate()).toBe('success')
  })

  test('and are one person are one of two', async () => {
    const world = await shown('approvals: 2')
    await Promise.all([world.approve(), world.approve()])
    expect(world.gate()).toBe('action_required')
  })

  test('and disagree keep it closed, whoever is heard first', async () => {
    for (const order of [0, 1]) {
      const world = await shown()
      const words = [
        world.write(maria, 'approve-deploy', world.change().sha),
        world.write(bob, 'reject-deploy'),
      ]
      for (const say of order === 0 ? words : words.toReversed()) await say()
      expect(world.gate()).toBe('failure')
    }
  })
})

describe('an approval', () => {
  test.each(['deleted', 'dismissed'] as const)('whose words are %s is none', async (how) => {
    const world = await shown()
    await world.approve()
    const sender = { ...maria, type: 'user' as const }
    const of = { kind: 'words-changed', deliveryId: 'w', repository: hub, sender } as const
    await onWordsChanged(world.parts, { ...of, source: 'comment 1', how })
    expect(world.gate()).toBe('action_required')
  })

  test('goes over to the merge that was looked at, and not to another one', async () => {
    const world = await shown()
    await world.approve()
    world.alter({ state: 'merged', sha: 'f'.repeat(40), tree: 'tree of a' })
    await world.hear()
    expect(world.gate()).toBe('success')
    world.alter({ sha: 'e'.repeat(40), tree: 'more than that' })
    await world.hear()
    expect(world.gate()).toBe('action_required')
  })

  test('stays when the base moves, and is not of a merge that brings in what nobody looked at', async () => {
    const world = await shown()
    await world.approve()
    world.alter({ mergedTree: 'with what the base has now' })
    await world.hear()
    expect(world.gate()).toBe('success')
    world.alter({ state: 'merged', sha: 'f'.repeat(40), tree: 'with what the base has now' })
    await world.hear()
    expect(world.gate()).toBe('action_required')
  })

  test('of a team is good as long as the person is in it', async () => {
    const world = await shown('teams: [platform]')
    await world.approve()
    expect(last(world.said)).toContain('Others are named')
    world.teams.add('maria platform')
    await world.approve()
    expect(world.gate()).toBe('success')
    world.teams.delete('maria platform')
    await world.hear()
    expect(world.gate()).toBe('action_required')
  })

  test('is not of the author, whatever role and team they have', async () => {
    const world = await shown('teams: [platform]')
    world.teams.add('ann platform')
    world.roles.set('ann', 'admin')
    await world.approve(ann)
    expect(last(world.said)).toContain('their own pull request')
  })
})

describe('a merge queue', () => {
  const sha = '9'.repeat(40)
  const ask = (world: Awaited<ReturnType<typeof shown>>) =>
    showInQueue(world.parts, { repository, number: 5, sha })

  test('hears a yes where the gate stands open, and else a no', async () => {
    const world = await shown()
    await ask(world)
    expect(world.shownAt(sha)).toBe('failure')
    await world.approve()
    await ask(world)
    expect(world.shownAt(sha)).toBe('success')
    world.push('b')
    await ask(world)
    expect(world.shownAt(sha)).toBe('failure')
  })

  test.each([
    ['refs/heads/gh-readonly-queue/main/pr-5-0a1b2c3', 'events'],
    ['refs/heads/gh-readonly-queue/a/b/pr-5-0a1b2c3', 'events'],
    ['refs/heads/main', 'ignored'],
  ])('is heard by the name of its branch: %s', (head_ref, kind) => {
    const payload = {
      action: 'checks_requested',
      merge_group: { head_sha: sha, head_ref },
      repository: { id: 11, name: 'kiosk', default_branch: 'main', owner: { login: 'octo' } },
      installation: { id: 7 },
      sender: { login: 'goalkeeper[bot]', id: 99, type: 'Bot' },
    }
    const us = { appId: 3, login: 'goalkeeper[bot]' }
    expect(translate({ id: 'd', name: 'merge_group', us, payload }).kind).toBe(kind)
  })
})

describe('a change of the rules themselves', () => {
  test('needs somebody who maintains the repository, before and after the merge', async () => {
    const world = await shown()
    world.alter({ changesPolicy: true })
    await world.approve()
    expect(last(world.said)).toContain('another role')
    world.roles.set('maria', 'maintain')
    await world.approve()
    expect(world.gate()).toBe('success')
  })

  test('never makes its own approval easier', async () => {
    const world = await shown('approvals: 2, people: [maria, bob]')
    const loose = rules('people: [eve]')
    world.alter({ changesPolicy: true, state: 'merged' })
    world.configurations.set('main', loose)
    world.configurations.set('base', rules('approvals: 2, people: [maria, bob]'))
    for (const { login } of people) world.roles.set(login, 'maintain')
    await world.approve({ id: 9, login: 'eve' })
    await world.approve()
    expect(world.gate()).toBe('action_required')
    await world.approve(bob)
    expect(world.gate()).toBe('success')
  })
})

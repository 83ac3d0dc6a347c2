import { describe, expect, test } from 'vitest'

import { type Command, verbs } from '#domain/command.ts'
import { saidIn } from '#webhooks/command.ts'

import { onCommandMistaken } from '../src/app-hub-commands.ts'
import { gatedChange, hub, maria, people } from './support/gated-change.ts'

const rules = `environments:
  production: {}
`
const [, , bob] = people

async function approved(rulesText = rules) {
  const world = gatedChange(rulesText)
  await world.hear()
  world.pass(1)
  await world.write(maria, 'approve-deploy', world.change().sha)()
  expect(world.gate()).toBe('success')
  return world
}

const last = (said: readonly string[]) => said.at(-1) ?? ''

describe('what is told to wait', () => {
  test.each<[Command['verb'], Command['verb'], Partial<Command>, string]>([
    ['lock', 'unlock', {}, 'The environment is locked.'],
    ['pause', 'resume', { environment: null }, 'Goalkeeper is paused here.'],
    ['pause', 'resume', { environment: 'all' }, 'Goalkeeper is paused here.'],
  ])('by /%s holds an open gate, until /%s', async (...[put, lift, more, because]) => {
    const world = await approved()
    world.roles.set('bob', 'admin')
    await world.write(bob, put, { ...more, reason: 'it burns' })()
    expect(world.gate()).toBe('action_required')
    expect(last(world.said)).toContain('by bob: it burns')
    await world.write(maria, 'status')()
    expect(last(world.said)).toContain(because)
    world.pass(60)
    await world.write(bob, lift, more)()
    expect(world.gate()).toBe('success')
  })

  test('by /freeze has what was approved before it approved again afterwards', async () => {
    const world = await approved()
    world.roles.set('bob', 'maintain')
    world.pass(1)
    await world.write(bob, 'freeze', { environment: null })()
    expect(world.gate()).toBe('action_required')
    world.pass(1)
    await world.write(bob, 'resume', { environment: null })()
    expect(world.gate()).toBe('action_required')
    await world.write(maria, 'approve-deploy', world.change().sha)()
    expect(world.gate()).toBe('success')
  })

  test('stays when it was said after what lifts it', async () => {
    const world = await approved()
    const unlock = world.write(bob, 'unlock')
    world.pass(1)
    await world.write(bob, 'lock')()
    await unlock()
    expect(world.gate()).toBe('action_required')
  })

  test('by a variable of the repository holds all gates', async () => {
    const world = await approved()
    world.variables.set('GOALKEEPER_ENABLED', 'false')
    await world.hear()
    expect(world.gate()).toBe('action_required')
    world.variables.set('GOALKEEPER_ENABLED', 'true')
    await world.hear()
    expect(world.gate()).toBe('success')
  })
})

describe('an emergency', () => {
  const frozen = `environments:
  production:
    freezes: [{ from: 2026-11-29, to: 2026-12-01 }]
`
  const emergency = { emergency: true, reason: 'the shop is down' }

  test('goes through a freeze of a person and of the configuration, and says who said so', async () => {
    const world = gatedChange(frozen)
    world.roles.set('maria', 'maintain')
    await world.hear()
    await world.write(maria, 'freeze', { environment: null })()
    world.pass(1)
    const { sha } = world.change()
    await world.write(maria, 'approve-deploy', sha)()
    expect(world.gate()).toBe('action_required')
    await world.write(maria, 'approve-deploy', { sha, ...emergency })()
    expect(world.gate()).toBe('success')
    expect(last(world.said)).toContain('as an emergency (maria: the shop is down)')
  })

  test.each<[string, string, Partial<Command>, string]>([
    ['without a reason', 'maintain', { ...emergency, reason: null }, 'needs a reason'],
    ['of a writer', 'write', emergency, 'Only who maintains'],
  ])('is not taken %s', async (...[, role, more, words]) => {
    const world = gatedChange(frozen)
    world.roles.set('maria', role)
    await world.hear()
    await world.write(maria, 'approve-deploy', { sha: world.change().sha, ...more })()
    expect(world.gate()).toBe('action_required')
    expect(last(world.said)).toContain(words)
  })

  test('goes not through a lock', async () => {
    const world = await approved()
    world.roles.set('maria', 'maintain')
    await world.write(bob, 'lock')()
    await world.write(maria, 'approve-deploy', { sha: world.change().sha, ...emergency })()
    expect(world.gate()).toBe('action_required')
  })
})

describe('a command', () => {
  test.each<[Command['verb'], string, Partial<Command>]>([
    ['lock', 'triage', {}],
    ['freeze', 'write', { environment: null }],
    ['pause', 'write', { environment: null }],
    ['pause', 'maintain', { environment: 'all' }],
    ['resume', 'maintain', { environment: 'all' }],
    ['cancel', 'triage', { environment: null }],
    ['deploy', 'triage', {}],
  ])('/%s is not for the role %s', async (verb, role, more) => {
    const world = await approved()
    world.roles.set('bob', role)
    await world.write(bob, verb, more)()
    expect(last(world.said)).toContain('needs another role')
    expect(world.gate()).toBe('success')
  })

  test('of somebody who may ask has /help show each of them, with the role it needs', async () => {
    const world = await approved()
    world.roles.set('bob', 'triage')
    await world.write(bob, 'help')()
    const shown = last(world.said)
    expect(verbs.filter((verb) => !shown.includes(`/${verb}`))).toEqual([])
    expect(shown).toContain('| Command | Role | What it does |')
  })

  test.each([
    ['/aprove-deploy', 'bob: There is no `/aprove-deploy`. Did you mean `/approve-deploy`?'],
    ['/approve-deploy production now!', '`/approve-deploy` does not know what `now!` is'],
    ['/lock\n/freeze', 'One command a comment: `/freeze` was a second one, and none was done.'],
  ])('that is mistaken, as %j, does nothing and is answered with what was meant', async (...of) => {
    const [body, words] = of
    const said = saidIn(body)
    if (said.kind !== 'mistake') throw new Error('It is none.')
    const world = await approved()
    const event = { deliveryId: 'd9', repository: hub, sender: { ...bob, type: 'user' as const } }
    const place = { number: 5, onPull: true, open: true, commentId: 9, source: 'comment 9' }
    const at = { seen: null, at: '2026-11-29T10:00:05Z', byApp: false, mistake: said.mistake }
    const mistaken = { kind: 'command-mistaken' as const, ...event, ...place, ...at }
    const before = world.said.length
    world.roles.set('bob', 'read')
    await onCommandMistaken(world.parts, mistaken)
    expect(world.said).toHaveLength(before)
    world.roles.set('bob', 'triage')
    await onCommandMistaken(world.parts, mistaken)
    expect(last(world.said)).toContain(words)
    expect(world.gate()).toBe('success')
  })

  test('of a stranger is not answered', async () => {
    const world = await approved()
    const before = world.said.length
    world.roles.set('bob', 'read')
    await world.write(bob, 'help')()
    expect(world.said).toHaveLength(before)
  })

  test('/cancel ends the repairs of the branch, and closes the gates until somebody approves again', async () => {
    const world = await approved()
    world.under.push({ runId: 'run_1', headSha: 'a' })
    world.pass(1)
    await world.write(bob, 'cancel', { environment: null })()
    expect([world.cancelled, world.forsaken]).toEqual([['run_1'], ['run_1']])
    expect(world.said).toContain('run_1 cancelled')
    expect(world.gate()).toBe('failure')
    world.pass(1)
    await world.write(maria, 'approve-deploy', world.change().sha)()
    expect(world.gate()).toBe('success')
  })

  test('/retry asks for a repair before the merge and for the deploy after it, as /deploy does', async () => {
    const world = await approved()
    await world.write(bob, 'retry')()
    world.merge()
    await world.write(bob, 'retry')()
    await world.write(bob, 'deploy')()
    expect(world.asked).toEqual([
      'fix 5',
      expect.stringMatching(/ a$/),
      expect.stringMatching(/ a$/),
    ])
  })
})

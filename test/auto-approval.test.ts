import { describe, expect, test } from 'vitest'

import type { NewAuditEntry } from '#ports/run-store.ts'
import { consumeApproval } from '#steps/consume-approval.ts'

import { gatesOf } from '../src/app-deploy.ts'
import { documentedChange, documentRules } from './support/documented-change.ts'
import { maria, people } from './support/gated-change.ts'
import { deployContext } from './support/step-context.ts'

const [, , bob] = people

describe('a small change of what the rule names', () => {
  test('is approved when its checks are green, and the ledger says by what', async () => {
    const { hear, gate, ledger, ask, write, said } = await documentedChange()
    await hear()
    expect(gate()).toBe('success')
    expect(await ledger()).toMatchObject([
      {
        verdict: 'approve',
        person: { id: 0, login: 'the rule auto-approve' },
        reason:
          '1 file, 2 lines since live, all in docs/**; kind of work: documents; nothing risky, checks green',
        emergency: false,
      },
    ])
    await write(maria, 'status')()
    expect(said.at(-1)).toContain('approved by the rule auto-approve until')
    expect(await ask()).toBe('approved')
  })

  test('is put on record with what the rule saw, once its approval is used', async () => {
    const { hear, merge, change, parts, deployments, clock } = await documentedChange()
    await hear()
    merge()
    await hear()
    const context = deployContext(change(), 1)
    const lease = { now: clock.now(), until: new Date(clock.now().getTime() + 60_000) }
    const place = { runId: 'run_1', repository: 11, environment: 'production', pull: 5 }
    await deployments.enter({ ...place, sha: change().sha }, lease)
    expect(await deployments.turn('run_1', lease)).toBe('ours')
    const entries: unknown[] = []
    const store = { append: async ({ data }: NewAuditEntry) => void entries.push(data) }
    const gates = gatesOf(parts)
    const used = consumeApproval({ deployments, gates, store, clock, mayDeploy: true })
    expect(await used.run({}, context)).toMatchObject({
      kind: 'done',
      outputs: { previous: 'live' },
    })
    // As after a crash before the engine heard of it.
    expect(await used.run({}, context)).toMatchObject({ kind: 'done' })
    const auto = {
      since: 'live',
      files: ['docs/a.md'],
      lines: 2,
      work: 'docs',
      risk: { level: 'safe', marks: [] },
      rollback: 'safe',
    }
    expect(entries[0]).toMatchObject({ by: ['the rule auto-approve'], auto })
    expect(entries[1]).toEqual(entries[0])
  })

  test('is judged anew as what it was merged as, against what is live', async () => {
    const { hear, merge, gate, seen } = await documentedChange()
    await hear()
    merge()
    seen.files = ['docs/a.md', 'migrations/2.sql']
    await hear()
    expect(gate()).toBe('action_required')
    expect(new Set(seen.from)).toEqual(new Set(['live']))
  })

  test('waits for its checks, is looked at again by itself, and needs a person after an hour', async () => {
    const { hear, gate, seen, isWatched, pass, write, said } = await documentedChange()
    seen.verdict = 'pending'
    await hear()
    expect([gate(), await isWatched()]).toEqual(['action_required', true])
    seen.verdict = 'green'
    await hear()
    expect(gate()).toBe('success')
    seen.verdict = 'none'
    pass(3600)
    await hear()
    await write(maria, 'status')()
    expect(said.at(-1)).toContain('not by auto-approve: no checks said that it is green')
    expect([gate(), await isWatched()]).toEqual(['action_required', false])
  })

  test('is not deployed where its checks are red by then', async () => {
    const { hear, seen, ask } = await documentedChange()
    await hear()
    seen.verdict = 'red'
    expect(await ask()).toBe('pending')
  })

  test('stays closed where a person said no, also after the same files are pushed again', async () => {
    const { hear, gate, write, push, change, pass } = await documentedChange()
    await hear()
    pass(1)
    await write(bob, 'reject-deploy')()
    expect(gate()).toBe('failure')
    push('b', change().tree)
    pass(1)
    await hear()
    expect(gate()).toBe('failure')
  })

  test('is one of two where two have to approve', async () => {
    const { hear, gate, write, change } = await documentedChange(
      documentRules('    approvals: 2\n'),
    )
    await hear()
    expect(gate()).toBe('action_required')
    await write(maria, 'approve-deploy', change().sha)()
    expect(gate()).toBe('success')
  })

  test.each<[string, (world: Awaited<ReturnType<typeof documentedChange>>) => unknown]>([
    ['it is locked', ({ write }) => write(bob, 'lock')()],
    ['Goalkeeper is switched off', ({ variables }) => variables.set('GOALKEEPER_ENABLED', 'false')],
    ['a label says so', ({ alter }) => alter({ labels: ['do-not-deploy'] })],
    ['it is a draft', ({ alter }) => alter({ isDraft: true })],
    ['it comes from a fork', ({ alter }) => alter({ isFork: true })],
    ['it changes the rules', ({ alter }) => alter({ changesPolicy: true })],
    ['something was taken back', ({ deployed }) => deployed('second', 'bad', 'rolled-back')],
    ['it touches something else', ({ seen }) => (seen.files = ['docs/a.md', 'src/a.ts'])],
    ['its checks are red', ({ seen }) => (seen.verdict = 'red')],
  ])('is not approved where %s', async (_why, make) => {
    const world = await documentedChange()
    await make(world)
    await world.hear()
    expect(world.gate()).toBe('action_required')
    expect(await world.ledger()).toEqual([])
  })

  test('is not approved where nothing verified is live', async () => {
    const { hear, gate } = await documentedChange(documentRules(), false)
    await hear()
    expect(gate()).toBe('action_required')
  })

  test.each([
    ['freezes', '    freezes: [{ from: 2026-11-29, to: 2026-12-01 }]\n'],
    ['hours', "    hours: { days: [mon], from: '09:00', to: '16:00', zone: UTC }\n"],
  ])('is not approved against %s', async (_what, more) => {
    const { hear, gate, ledger } = await documentedChange(documentRules(more))
    await hear()
    expect(gate()).toBe('action_required')
    expect(await ledger()).toEqual([])
  })
})

test('where no rule is set nothing is approved by itself', async () => {
  const { hear, gate, ledger } = await documentedChange(
    'environments:\n  production: { deploy: {} }\n',
  )
  await hear()
  expect([gate(), await ledger()]).toEqual(['action_required', []])
})

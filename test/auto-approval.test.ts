import { describe, expect, test } from 'vitest'

import { noHosting } from '#adapters/github/hosting.ts'

import { autoRuleOf } from '../src/app-auto-approval.ts'
import { gatesOf } from '../src/app-deploy.ts'
import { lookAfterChecks } from '../src/app-gate-woken.ts'
import { memoryDeployments } from './support/deploy-ledger.ts'
import { gatedChange, hub, maria, people, repository } from './support/gated-change.ts'

const rules = (more = '') => `environments:
  production:
    auto-approve: { paths: ['docs/**'] }
    deploy: {}
${more}`
const [, , bob] = people
const production = { repository, environment: 'production', pull: 5, title: '' }

const checksCompleted = (sha: string) => ({
  kind: 'checks-completed' as const,
  deliveryId: 'd',
  repository: hub,
  sender: { ...bob, type: 'user' as const },
  conclusion: 'success',
  head: { sha, branch: 'main', repositoryId: null },
  pulls: [],
  reporter: null,
})

type Verdict = 'none' | 'pending' | 'green' | 'red'

/** A change of the documents, held against what is live: each of it may be changed. */
async function documented(text = rules(), live = true) {
  const seen: { verdict: Verdict; files: readonly string[]; from: string[] } = {
    verdict: 'green',
    files: ['docs/a.md'],
    from: [],
  }
  const deployments = memoryDeployments()
  const { clock, ...world } = gatedChange(text, {
    rule: (gate, at) => rule(gate, at),
  })
  const rule = autoRuleOf({
    reader: {
      mirror: async () => ({ directory: '/m', origin: '/o', defaultBranch: 'main' }),
      resolve: async (_mirror, ref) => ref,
      mergeBase: async (_mirror, from) => from,
      landed: async () => [],
      async changed(_mirror, from) {
        seen.from.push(from)
        return seen.files
      },
      read: async (_mirror, sha) => `${sha === 'live' ? 'one' : 'two'}\n`,
    },
    deployments,
    hosting: {
      checkRuns: {
        ...world.hosting.checkRuns,
        verdict: async () =>
          seen.verdict === 'red' ? { kind: 'red', failed: ['test'] } : { kind: seen.verdict },
      },
    },
    webUrl: 'https://github.example',
    clock,
  })
  const deployed = async (runId: string, sha: string, state: 'verified' | 'rolled-back') => {
    const place = { runId, repository: repository.id, environment: 'production', pull: 1, sha }
    await deployments.enter(place, { now: clock.now(), until: clock.now() })
    await deployments.end(runId, state, clock.now())
  }
  if (live) await deployed('first', 'live', 'verified')
  const { approvals, openGates } = world.parts
  const ledger = () =>
    approvals.of({ repository: repository.id, pull: 5, environment: 'production' })
  const ask = async () => (await gatesOf(world.parts).ask(production))?.standing.kind
  const isWatched = async () => {
    world.pass(60)
    return (await openGates.due(clock.now())).length > 0
  }
  return { ...world, seen, deployed, ledger, ask, isWatched }
}

describe('a small change of what the rule names', () => {
  test('is approved when its checks are green, and the ledger says by what', async () => {
    const { hear, gate, ledger, ask, write, said } = await documented()
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

  test('is judged anew as what it was merged as, against what is live', async () => {
    const { hear, merge, gate, seen } = await documented()
    await hear()
    merge()
    seen.files = ['docs/a.md', 'migrations/2.sql']
    await hear()
    expect(gate()).toBe('action_required')
    expect(new Set(seen.from)).toEqual(new Set(['live']))
  })

  test('waits for its checks, is looked at again by itself, and needs a person after an hour', async () => {
    const { hear, gate, seen, isWatched, pass, write, said } = await documented()
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

  test('is approved as soon as its checks have ended, and those of other commits change nothing', async () => {
    const { hear, gate, seen, parts, hosting } = await documented()
    seen.verdict = 'pending'
    await hear()
    seen.verdict = 'green'
    const changeAt = async (_repository: unknown, sha: string) => (sha === 'head' ? 5 : null)
    const protection = { ...noHosting().protection, changeAt }
    const woken = { ...parts, hosting: { ...hosting, protection } }
    await lookAfterChecks(woken, checksCompleted('of another'))
    expect(gate()).toBe('action_required')
    await lookAfterChecks(woken, checksCompleted('head'))
    expect(gate()).toBe('success')
  })

  test('is not deployed where its checks are red by then', async () => {
    const { hear, seen, ask } = await documented()
    await hear()
    seen.verdict = 'red'
    expect(await ask()).toBe('pending')
  })

  test('stays closed where a person said no, also after the same files are pushed again', async () => {
    const { hear, gate, write, push, change, pass } = await documented()
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
    const { hear, gate, write, change } = await documented(rules('    approvals: 2\n'))
    await hear()
    expect(gate()).toBe('action_required')
    await write(maria, 'approve-deploy', change().sha)()
    expect(gate()).toBe('success')
  })

  test.each<[string, (world: Awaited<ReturnType<typeof documented>>) => unknown]>([
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
    const world = await documented()
    await make(world)
    await world.hear()
    expect(world.gate()).toBe('action_required')
    expect(await world.ledger()).toEqual([])
  })

  test('is not approved where nothing verified is live', async () => {
    const { hear, gate } = await documented(rules(), false)
    await hear()
    expect(gate()).toBe('action_required')
  })

  test.each([
    ['freezes', '    freezes: [{ from: 2026-11-29, to: 2026-12-01 }]\n'],
    ['hours', "    hours: { days: [mon], from: '09:00', to: '16:00', zone: UTC }\n"],
  ])('is not approved against %s', async (_what, more) => {
    const { hear, gate, ledger } = await documented(rules(more))
    await hear()
    expect(gate()).toBe('action_required')
    expect(await ledger()).toEqual([])
  })
})

test('where no rule is set nothing is approved by itself', async () => {
  const { hear, gate, ledger } = await documented('environments:\n  production: { deploy: {} }\n')
  await hear()
  expect([gate(), await ledger()]).toEqual(['action_required', []])
})

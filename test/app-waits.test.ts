import { describe, expect, test } from 'vitest'

import { afterShowing } from '../src/app-shown.ts'
import { onDeployWaits, refuseOldWaits } from '../src/app-waits.ts'
import { gatedChange, hub, maria, people, repository } from './support/gated-change.ts'

const rules = `environments:
  production: {}
`
const [, , bob] = people

/** A change with a gate, and jobs of workflows that wait before an environment. */
async function world(rulesText = rules) {
  const change = gatedChange(rulesText)
  const said: string[] = []
  const commits = new Map<number, string>()
  const protection = {
    commitOf: async (_repository: unknown, run: number) => commits.get(run) ?? null,
    changeAt: async (_repository: unknown, sha: string) =>
      sha === change.change().sha ? change.change().number : null,
    say: async (
      { run }: { run: number },
      { state, comment }: { state: string | null; comment: string },
    ) => void said.push(`${run} ${state ?? 'waits'}: ${comment}`),
  }
  const parts = { ...change.parts, hosting: { ...change.parts.hosting, protection } }
  const start = {
    engine: { start: async () => undefined },
    claims: { take: async (claim: never) => claim },
    proposals: { numbered: async () => null },
    startedBy: () => [],
    webUrl: '',
  }
  const shown = afterShowing({ ...parts, ...start }, { enabled: true, shadow: false })
  Object.assign(change.parts, { shown })
  let deliveries = 0
  const asks = (
    run: number,
    more: { environment?: string; sha?: string; delivery?: string } = {},
  ) => {
    const sha = more.sha ?? change.change().sha
    commits.set(run, commits.get(run) ?? sha)
    const told = { repository: hub, sender: { ...maria, type: 'bot' as const } }
    return onDeployWaits(parts, {
      kind: 'deploy-waits',
      deliveryId: more.delivery ?? `w${(deliveries += 1)}`,
      ...told,
      run,
      environment: more.environment ?? 'Production',
      sha,
    })
  }
  const approve = () => change.write(maria, 'approve-deploy', change.change().sha)()
  await change.hear()
  change.pass(1)
  return { change, said, commits, asks, approve, parts, last: () => said.at(-1) ?? '' }
}

describe('a job that waits before an environment', () => {
  test('is told why it waits, once, and goes on when people approve its commit', async () => {
    const { asks, approve, said, change } = await world()
    await asks(1)
    await change.hear()
    expect(said).toEqual([expect.stringMatching(/^1 waits: It needs approval\. See #5/)])
    await approve()
    expect(said.slice(1)).toEqual(['1 approved: Approved by maria, #5.'])
    await change.hear()
    expect(said).toHaveLength(2)
  })

  test('goes on at once where it is approved already, also after the merge', async () => {
    const { asks, approve, change, last } = await world()
    await approve()
    change.merge()
    await asks(2)
    expect(last()).toBe('2 approved: Approved by maria, #5.')
  })

  test('is told no when somebody rejects it', async () => {
    const { asks, change, last } = await world()
    await asks(1)
    await change.write(bob, 'reject-deploy')()
    expect(last()).toMatch(/^1 rejected: Somebody rejected it\./)
  })

  test('is told no when the change is at another commit', async () => {
    const { asks, change, last } = await world()
    await asks(1)
    change.push('b')
    await change.hear()
    expect(last()).toMatch(/^1 rejected: The pull request is at another commit/)
  })

  test('is told no where its run is of another commit, and where no pull request has the commit', async () => {
    const { asks, approve, commits, said } = await world()
    await approve()
    commits.set(1, 'f'.repeat(40))
    await asks(1)
    await asks(2, { sha: 'e'.repeat(40) })
    expect(said.map((one) => one.split(':')[0])).toEqual(['1 rejected', '2 rejected'])
  })

  test('waits while somebody paused it, and is told no by the kill switch', async () => {
    const { asks, approve, change, last } = await world()
    await approve()
    change.roles.set('bob', 'maintain')
    await change.write(bob, 'pause', { environment: null })()
    await asks(1)
    expect(last()).toMatch(/^1 waits: Goalkeeper is paused here/)
    change.variables.set('GOALKEEPER_ENABLED', 'false')
    change.pass(1)
    await change.write(bob, 'resume', { environment: null })()
    expect(last()).toMatch(/^1 rejected: Goalkeeper is switched off/)
  })

  test('has one word of one approval: another run needs another, the same run again does not', async () => {
    const { asks, approve, change, last } = await world()
    await approve()
    await asks(1)
    await asks(2)
    expect(last()).toMatch(/^2 waits: Its approval let another run through/)
    await asks(1)
    expect(last()).toMatch(/^1 approved/)
    change.pass(1)
    await approve()
    expect(last()).toMatch(/^2 approved/)
  })

  test('has used its approval also where it is run again while somebody locked the environment', async () => {
    const { asks, approve, change, said } = await world()
    await approve()
    await asks(1)
    await change.write(bob, 'lock')()
    await asks(2)
    await asks(1)
    change.pass(1)
    await change.write(bob, 'unlock')()
    expect(said.filter((one) => one.includes('approved')).map(([run]) => run)).toEqual(['1', '1'])
  })

  test('is answered once, however often the same delivery comes', async () => {
    const { asks, approve, said } = await world()
    await approve()
    await asks(1, { delivery: 'again' })
    await asks(1, { delivery: 'again' })
    expect(said).toHaveLength(1)
  })

  test('before an environment that nobody named waits, unless the configuration lets it through', async () => {
    const named = await world()
    await named.asks(1, { environment: 'docs' })
    expect(named.last()).toMatch(/^1 waits: .*has no such environment/)
    const open = await world(`${rules}ungated-environments: approve\n`)
    await open.asks(1, { environment: 'docs' })
    expect(open.last()).toBe('1 approved: No gate.')
  })

  test('is told no before GitHub gives up', async () => {
    const { asks, change, parts, said, last } = await world()
    await asks(1)
    change.pass(28 * 86_400)
    await refuseOldWaits(parts)
    expect(said).toHaveLength(1)
    change.pass(2 * 86_400)
    await refuseOldWaits(parts)
    expect(last()).toMatch(/^1 rejected: Nobody approved it for so long/)
    expect(await parts.waits.open(repository.id, 5)).toEqual([])
  })
})

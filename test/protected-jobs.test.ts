import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type GateWorld, openGateWorld } from './support/gate-world.ts'

const rules = `environments:
  production: { teams: [crew] }
`
const workflows = {
  '.github/workflows/deploy.yml': `name: deploy
on: push
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: echo deployed
`,
}

let world: GateWorld

beforeAll(async () => {
  world = await openGateWorld(rules, workflows)
})
afterAll(() => world.close())

/** The newest run on a commit, and what the App said of it. */
function runOn(sha: string) {
  const { checks, protection } = world.shop.repository
  const run = checks.workflowRuns.findLast(({ headSha }) => headSha === sha)
  const asked = protection.asked.filter((one) => one.run === run)
  return {
    status: run?.status,
    conclusion: run?.conclusion,
    words: asked.map(({ state }) => state),
    comments: asked.flatMap(({ comments }) => comments),
  }
}

/** A commit on the branch of the pull request, heard of. */
async function push(name: string): Promise<string> {
  const head = await world.shop.stranger.checkout.push('topic', { [name]: 'c\n' })
  await world.heed()
  return head
}

const approve = (sha: string) => world.say(`/approve-deploy production ${sha.slice(0, 12)}`)

describe('a job of GitHub Actions that waits before an environment of ours', () => {
  test('is told why, goes on when somebody of the team approves its commit, and is let through once', async () => {
    const { head } = world
    expect(runOn(head)).toMatchObject({ status: 'waiting', words: [null] })
    expect(runOn(head).comments).toEqual([expect.stringContaining('It needs approval.')])

    await approve(head)
    expect(await world.answers()).toEqual([expect.stringContaining('Others are named')])
    world.shop.github.member('acme/crew', 'maria', 'pending')
    await approve(head)
    expect(runOn(head)).toMatchObject({ status: 'waiting', words: [null] })

    world.shop.github.member('acme/crew', 'maria')
    await approve(head)
    expect(runOn(head)).toMatchObject({ status: 'completed', conclusion: 'success' })
    expect(runOn(head)).toMatchObject({ words: ['approved'] })
    expect(runOn(head).comments).toHaveLength(2)
    expect(runOn(head).comments.at(-1)).toContain('Approved by maria')
  })

  test('is told no when somebody rejects it, and fails', async () => {
    const head = await push('c.txt')
    expect(runOn(head)).toMatchObject({ status: 'waiting', words: [null] })
    await world.say('/reject-deploy production')
    expect(runOn(head)).toMatchObject({ conclusion: 'failure', words: ['rejected'] })
    expect(runOn(head).comments.at(-1)).toContain('Somebody rejected it.')
  })

  test('is told no when the pull request is at another commit', async () => {
    const old = await push('d.txt')
    const now = await push('e.txt')
    expect(runOn(old)).toMatchObject({ conclusion: 'failure', words: ['rejected'] })
    expect(runOn(now)).toMatchObject({ status: 'waiting', words: [null] })
  })

  test('that is run again goes through by the same approval, until who gave it leaves the team', async () => {
    const head = await push('f.txt')
    await approve(head)
    expect(runOn(head)).toMatchObject({ words: ['approved'] })
    await runAgain(head)
    expect(runOn(head)).toMatchObject({ conclusion: 'success', words: ['approved', 'approved'] })

    world.shop.github.state.teams.get('acme/crew')?.delete('maria')
    await runAgain(head)
    expect(runOn(head)).toMatchObject({ status: 'waiting', words: ['approved', 'approved', null] })
    expect(runOn(head).comments.at(-1)).toContain('It needs approval.')
  })
})

async function runAgain(sha: string): Promise<void> {
  const { maria, at, repository } = world.shop
  const run = repository.checks.workflowRuns.findLast(({ headSha }) => headSha === sha)
  await maria.octokit.rest.actions.reRunWorkflow({ ...at, run_id: run?.id ?? 0 })
  await world.heed()
}

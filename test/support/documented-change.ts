import { autoRuleOf } from '../../src/app-auto-approval.ts'
import { gatesOf } from '../../src/app-deploy.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { gatedChange, repository } from './gated-change.ts'

export const documentRules = (more = '') => `environments:
  production:
    auto-approve: { paths: ['docs/**'] }
    deploy: {}
${more}`
const production = { repository, environment: 'production', pull: 5, title: '' }

type Verdict = 'none' | 'pending' | 'green' | 'red'

/** A change of the documents, held against what is live: each of it may be changed. */
export async function documentedChange(text = documentRules(), live = true) {
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
  return { ...world, clock, deployments, seen, deployed, ledger, ask, isWatched }
}

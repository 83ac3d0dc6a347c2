import type { CommitVerdict } from '#ports/hosting.ts'
import type { LandingPull, Landings } from '#ports/landings.ts'

const commit = (sha: string) => ({
  sha,
  tree: `tree of ${sha}`,
  parents: ['parent'],
  subject: 'Faster',
  body: '',
  author: 'a',
  at: '',
})

/** The git and the pull requests of a deployed change that can be taken back; what is opened is put into `opened`. */
export function revertibleChange(deployed: () => string, opened: string[]) {
  /** The pull request that takes it back, as GitHub shows it. */
  const revert: LandingPull & { verdict: CommitVerdict['kind']; refusal: string | null } = {
    state: 'open',
    headSha: 'r1',
    isDraft: true,
    branch: 'takes',
    verdict: 'green',
    refusal: null,
  }
  const mirror = { directory: '/m', origin: '/o', defaultBranch: 'main' }
  return {
    revert,
    landings: {
      look: async () => ({ ...revert }),
      async merge(...[, number, sha]: Parameters<Landings['merge']>) {
        if (revert.refusal !== null) return { kind: 'refused' as const, detail: revert.refusal }
        opened.push(`merged #${number} at ${sha}`)
        Object.assign(revert, { state: 'merged' })
        return { kind: 'merged' as const }
      },
    },
    checkRuns: {
      verdict: async () =>
        revert.verdict === 'red' ? { kind: 'red' as const, failed: [] } : { kind: revert.verdict },
    },
    repositories: {
      mirror: async () => mirror,
      resolve: async () => 'tip',
      mergeBase: async () => 'base',
      changed: async () => ['migrations/3.sql'],
      read: async (...[, sha]: unknown[]) =>
        sha === 'parent' ? null : 'alter table shop drop column price;\n',
      landed: async () => [commit('tip'), commit(deployed())],
      reversal: async () => ({
        kind: 'reverted' as const,
        patch: [{ path: 'a.txt', content: 'a' }],
      }),
      commit: async () => ({ kind: 'written' as const, sha: 'r1' }),
      deliver: async () => 'delivered' as const,
    },
    pullRequests: {
      markReady: async () => void Object.assign(revert, { isDraft: false }),
      open: async (_repository: unknown, { title, base }: { title: string; base: string }) => {
        // As the adapter does: it looks before it opens.
        const told = `${title} → ${base}`
        if (!opened.includes(told)) opened.push(told)
        return {
          number: 9,
          url: 'https://github.example/pull/9',
          state: 'open' as const,
          headSha: 'r1',
          isDraft: true,
        }
      },
    },
  }
}

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
  const mirror = { directory: '/m', origin: '/o', defaultBranch: 'main' }
  return {
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
      open: async (_repository: unknown, { title, base }: { title: string; base: string }) => {
        opened.push(`${title} → ${base}`)
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

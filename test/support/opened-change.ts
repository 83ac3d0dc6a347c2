import type { DeployableChange } from '#ports/deploys.ts'

export const ann = { id: 2, login: 'ann' }

/** Pull request 5 of ann, open at this commit. */
export function openedAt(sha: string): DeployableChange {
  const tree = `tree of ${sha}`
  return {
    number: 5,
    state: 'open',
    title: 'Faster checkout',
    labels: [],
    isDraft: false,
    isConflicted: false,
    isFork: false,
    isForDefault: true,
    defaultBranch: 'main',
    sha: sha.repeat(40),
    tree,
    mergedTree: tree,
    changesPolicy: false,
    baseSha: 'base',
    shownAt: null,
    mergedAt: null,
    author: ann.id,
    contributors: new Set([ann.id]),
    pusher: ann.id,
    pushedAt: null,
  }
}

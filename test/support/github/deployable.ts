import { personOf } from './answers/commits.ts'
import { countBetween, mergedTree, writeCommit } from './git/commits.ts'
import { moveRef, refAt } from './git/refs.ts'
import { type House, time } from './house.ts'
import { Refusal } from './refusal.ts'
import type { Account, Repository } from './state.ts'
import { latestRuns } from './suites.ts'

interface Asked {
  readonly asked: { readonly ref: string }
  readonly by: Account
}

/**
 * GitHub's `auto_merge`: a branch behind the default one gets that merged, and nothing is deployed this time. Answers
 * what GitHub says then, or null where there is nothing to merge.
 */
export async function broughtUpToDate(
  house: House,
  repository: Repository,
  { asked, by }: Asked,
): Promise<string | null> {
  const { directory, defaultBranch } = repository
  const ref = `refs/heads/${asked.ref}`
  const before = await refAt(directory, ref)
  const base = await refAt(directory, `refs/heads/${defaultBranch}`)
  if (before === null || base === null) return null
  if ((await countBetween(directory, before, base)) === 0) return null
  const tree = await mergedTree(directory, before, base)
  if (tree === null) throw new Refusal(409, `Conflict merging ${defaultBranch} into ${asked.ref}.`)
  const person = personOf(by, time(house.now()))
  const after = await writeCommit(directory, {
    tree,
    parents: [before, base],
    message: `Merge branch '${defaultBranch}' into ${asked.ref}`,
    author: person,
    committer: person,
  })
  await moveRef(directory, { ref, before, after })
  await house.moved({ repository, by }, [{ ref, before, after }])
  return `Auto-merged ${defaultBranch} into ${asked.ref} on deployment.`
}

/** Statuses and checks of a commit that are not a success: of all, or of those that are named, also where there are none. */
export function redContexts(
  { statuses, checks }: Repository,
  sha: string,
  required: readonly string[] | null,
): readonly string[] {
  const states = new Map<string, string>()
  for (const one of statuses) if (one.sha === sha) states.set(one.context, one.state)
  for (const run of latestRuns(checks.runs.filter(({ headSha }) => headSha === sha)))
    states.set(run.name, run.conclusion ?? 'pending')
  const fine = new Set(['success', 'neutral', 'skipped'])
  return (required ?? [...states.keys()]).filter((name) => !fine.has(states.get(name) ?? 'pending'))
}

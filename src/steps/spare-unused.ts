import type { Candidate, Fixer } from '#ports/fixer.ts'

import type { Climbed } from './standing.ts'

type Proposer = Pick<Fixer, 'propose'>

/**
 * What nobody uses in a file that another check finds broken may be just what is missing there (a `return` that got lost):
 * to take it away would hide the fault. What is stacked on such an edit goes with it, and is proposed again without it.
 */
export function sparingUnused<One extends Proposer>(
  fixer: One,
  climbs: readonly { readonly climbed: Pick<Climbed, 'left'> }[],
): One {
  const broken = new Set(climbs.flatMap(({ climbed }) => climbed.left.map(({ file }) => file)))
  if (broken.size === 0) return fixer
  return { ...fixer, propose: async (request) => spared(await fixer.propose(request), broken) }
}

/** They delete what a tool calls superfluous. */
const deletions: ReadonlySet<string> = new Set(['types/unused', 'lint/deletion'])

function spared(
  candidates: readonly Candidate[],
  broken: ReadonlySet<string | null>,
): readonly Candidate[] {
  const gone = new Set<string>()
  return candidates.filter(({ strategy, patch }) => {
    const paths = patch.map(({ path }) => path)
    const hides = deletions.has(strategy) && paths.some((path) => broken.has(path))
    if (!hides && !paths.some((path) => gone.has(path))) return true
    for (const path of paths) gone.add(path)
    return false
  })
}

import { type Finding, type ToolId, testRunners } from '#domain/finding.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { missingAwaits } from './missing-awaits.ts'
import { misspeltWords } from './misspelt-words.ts'
import { programsOf, reachOf } from './reach.ts'
import { type Rerun, rerunOf } from './rerun.ts'
import type { Suspect } from './suspect.ts'

const runners: ReadonlySet<ToolId> = new Set([...testRunners, 'command'])
const isOurs = ({ tool, rule }: Finding): boolean => runners.has(tool) && rule !== 'snapshot'

/** More suspects than these are none: something else is wrong, and every one costs a run. */
const mostWords = 24
const mostAwaits = 16

/** Whoever asks waits: when this is over, not every suspect was tried, and nobody can say that only one helps. */
const budgetMs = 4 * 60_000

/**
 * Where nothing but a failing test says that a program is wrong: slips that untyped code leaves no other trace of. Each
 * suspect is put right alone and the failing tests are run; one has to make a failure go and bring none, and no other
 * may do as much for the same failure. Only tests vouch for it, so that a human looks.
 */
export const byTest: Fixer = {
  id: 'tests',
  rung: 'types',
  applies: ({ findings }) => findings.length > 0 && findings.every(isOurs),
  propose: async (request) => {
    const suspects = suspectsOf(request)
    if (suspects.length === 0) return []
    const helpful = await helpfulOf(rerunOf(request), suspects)
    return helpful.filter((one) => !hasRival(one, helpful)).map(candidateOf)
  },
}

function suspectsOf({ workspace, patch, findings }: FixRequest): readonly Suspect[] {
  const programs = programsOf(workspace, patch)
  const reached = reachOf(
    programs,
    findings.flatMap(({ file }) => file ?? []),
  )
  // Where there are types, the compiler knows which names are wrong.
  const untyped = reached.filter(({ path }) => /\.[cm]?jsx?$/.test(path))
  return [
    ...atMost(mostWords, misspeltWords(untyped, programs)),
    ...atMost(mostAwaits, missingAwaits(reached, programs)),
  ]
}

function atMost(most: number, suspects: readonly Suspect[]): readonly Suspect[] {
  return suspects.length > most ? [] : suspects
}

interface Helpful {
  readonly suspect: Suspect
  /** The failures that go with it. */
  readonly gone: ReadonlySet<string>
}

async function helpfulOf(rerun: Rerun, suspects: readonly Suspect[]): Promise<readonly Helpful[]> {
  const started = performance.now()
  const before = await rerun([])
  if (before.size === 0) return []
  const helpful: Helpful[] = []
  for (const suspect of suspects) {
    if (performance.now() - started > budgetMs) return []
    const after = await rerun([suspect.edit])
    const gone = new Set([...before].filter((each) => !after.has(each)))
    const isNew = [...after].some((each) => !before.has(each))
    if (!isNew && gone.size > 0) helpful.push({ suspect, gone })
  }
  return helpful
}

/** Another one that makes as many failures go, and some of them the same: nobody can say which was meant. */
function hasRival(one: Helpful, all: readonly Helpful[]): boolean {
  return all.some(
    ({ suspect, gone }) =>
      suspect !== one.suspect &&
      gone.size >= one.gone.size &&
      [...gone].some((each) => one.gone.has(each)),
  )
}

function candidateOf({ suspect: { edit, ...said } }: Helpful): Candidate {
  return { ...said, patch: [edit], risk: 'review' }
}

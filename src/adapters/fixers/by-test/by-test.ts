import type { Finding, ToolId } from '#domain/finding.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { missingAwaits } from './missing-awaits.ts'
import { misspeltWords } from './misspelt-words.ts'
import { programsOf, reachOf } from './reach.ts'
import { type Rerun, rerunOf } from './rerun.ts'
import type { Suspect } from './suspect.ts'

const runners: ReadonlySet<ToolId> = new Set(['vitest', 'jest', 'node-test', 'command'])
const isOurs = ({ tool, rule }: Finding): boolean => runners.has(tool) && rule !== 'snapshot'

/** More suspects than these are none: something else is wrong, and every one costs a run. */
const mostWords = 24
const mostAwaits = 16

/**
 * Where nothing but a failing test says that a program is wrong: slips that untyped code leaves no other trace of. Each
 * suspect is put right alone and the failing tests are run; one has to make a failure go and bring none, and no other
 * may do as much. Only tests vouch for it, so that a human looks.
 */
export const byTest: Fixer = {
  id: 'tests',
  rung: 'types',
  applies: ({ findings }) => findings.length > 0 && findings.every(isOurs),
  propose: async (request) => {
    const suspects = suspectsOf(request)
    if (suspects.length === 0) return []
    const only = await onlyOneThatHelps(rerunOf(request), suspects)
    return only === null ? [] : [candidateOf(only)]
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
  readonly gone: number
}

async function onlyOneThatHelps(
  rerun: Rerun,
  suspects: readonly Suspect[],
): Promise<Suspect | null> {
  const before = await rerun([])
  if (before.size === 0) return null
  const helpful: Helpful[] = []
  for (const suspect of suspects) {
    const after = await rerun([suspect.edit])
    const fresh = [...after].some((each) => !before.has(each))
    const gone = [...before].filter((each) => !after.has(each)).length
    if (!fresh && gone > 0) helpful.push({ suspect, gone })
  }
  const most = Math.max(...helpful.map(({ gone }) => gone))
  const [best, other] = helpful.filter(({ gone }) => gone === most)
  return best === undefined || other !== undefined ? null : best.suspect
}

function candidateOf({ edit, ...said }: Suspect): Candidate {
  return { ...said, patch: [edit], risk: 'review' }
}

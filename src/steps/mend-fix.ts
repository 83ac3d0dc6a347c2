import type { Repair } from '#domain/failure.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Fixer } from '#ports/fixer.ts'
import type { StepContext } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { climb } from './climb.ts'
import type { LadderPorts } from './ladder-ports.ts'
import type { Broken } from './proved-by.ts'

/** A fix while it is being proved. */
export interface Mending {
  readonly workspace: Workspace
  readonly repairs: Repair[]
  patch: Patch
  readonly rungs: readonly (Fixer['rung'] | 'coder')[]
}

/** A fix may leave an import out of order or a line too long: the same ladder repairs what the fix itself disturbed. */
export async function mend(
  ports: LadderPorts,
  { proving, broken }: { proving: Mending; broken: readonly Broken[] },
  context: StepContext,
): Promise<void> {
  for (const { check, after, before, introduced } of broken) {
    const climbed = await climb({
      failure: { check, evidence: after, targets: [...introduced], preExisting: before.findings },
      patch: proving.patch,
      workspace: proving.workspace,
      fixers: ports.fixers.filter(({ rung }) => proving.rungs.includes(rung)),
      observer: ports.observer,
      tidy: ports.tidy,
      snapshotsAllowed: false,
      recipes: [],
      base: null,
      ahead: () => undefined,
      note: (text) => context.note(text),
      known: [],
      // What a fix disturbed is a matter of form; judgement is asked for once.
      coder: null,
    })
    if (climbed.repair !== null) fold(proving, climbed.repair)
  }
}

/** What mended the fix belongs to the last repair: one commit, green as a whole. */
function fold(proving: Mending, mending: Repair): void {
  proving.patch = combine(proving.patch, mending.patch)
  const last = proving.repairs.pop()
  if (last === undefined) return
  proving.repairs.push({
    ...last,
    strategies: [...last.strategies, ...mending.strategies],
    descriptions: [...last.descriptions, ...mending.descriptions],
    risk: mending.risk === 'review' ? 'review' : last.risk,
    patch: combine(last.patch, mending.patch),
  })
}

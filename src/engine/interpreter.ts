import type { Programs } from '#ports/durable.ts'

import { journalTo } from './interpret-journal.ts'
import { phaseProgram } from './interpret-phase.ts'
import { runProgram } from './interpret-run.ts'
import type { World } from './interpret-world.ts'

/** The two programs that the durable engine runs: any workflow, as data, over these step kinds. */
export function interpreter(world: World): Programs {
  const journaled = { ...world, journal: journalTo(world.store) }
  return { run: runProgram(journaled), phase: phaseProgram(journaled) }
}

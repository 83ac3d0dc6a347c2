import type { Programs } from '#ports/durable.ts'

import { journalTo } from './interpret-journal.ts'
import { phaseProgram } from './interpret-phase.ts'
import { runProgram } from './interpret-run.ts'
import type { World } from './interpret-world.ts'

/** The two programs that the durable engine runs: any workflow, as data, over these step kinds. */
export function interpreter(world: World): Programs {
  const journal = journalTo(world.store)
  const journaled = { ...world, journal }
  const run = runProgram(journaled)
  return {
    async run(durable, input) {
      const result = await run(durable, input)
      await journal.settle()
      return result
    },
    phase: phaseProgram(journaled),
  }
}

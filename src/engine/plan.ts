import type { PhaseDefinition, Workflow } from '#domain/workflow.ts'

import { overlaps } from './globs.ts'

/**
 * The order of the phases: waves, one after the other, in the order of the file.
 * The phases of a wave run side by side: all they need ran before, and nobody writes what another reads or writes (K38).
 * Throws on a cycle or an unknown need, which `checkWorkflow` reports before anything starts.
 */
export function planPhases(workflow: Pick<Workflow, 'jobs'>): readonly (readonly string[])[] {
  const waves: (readonly string[])[] = []
  let waiting = Object.entries(workflow.jobs)
  while (waiting.length > 0) {
    const wave = nextWave(waiting, new Set(waves.flat()))
    if (wave.length === 0) {
      throw new Error(`Phases wait for each other: ${waiting.map(([key]) => key).join(', ')}`)
    }
    waves.push(wave)
    waiting = waiting.filter(([key]) => !wave.includes(key))
  }
  return waves
}

/** True when either may write what the other reads or writes. */
function disturb(
  one: Pick<PhaseDefinition, 'reads' | 'writes'>,
  other: Pick<PhaseDefinition, 'reads' | 'writes'>,
): boolean {
  return touches(one.writes, other) || touches(other.writes, one)
}

function nextWave(
  waiting: readonly (readonly [string, PhaseDefinition])[],
  done: ReadonlySet<string>,
): readonly string[] {
  const wave: (readonly [string, PhaseDefinition])[] = []
  for (const [key, phase] of waiting) {
    const ready = phase.needs.every((need) => done.has(need))
    if (ready && wave.every(([, other]) => !disturb(phase, other))) wave.push([key, phase])
  }
  return wave.map(([key]) => key)
}

function touches(
  writes: readonly string[],
  { reads, writes: others }: Pick<PhaseDefinition, 'reads' | 'writes'>,
): boolean {
  return writes.some((glob) => [...reads, ...others].some((other) => overlaps(glob, other)))
}

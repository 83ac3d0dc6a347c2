import { oneLine } from './plain-text.ts'

/** One thing the machine needs. `warning` is worth knowing and stops nothing. */
export interface Diagnosis {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'warning'
  /** What is there: "24.18.1", "not found". */
  readonly found: string
  /** The line that repairs it, or a sentence; null when it is well. */
  readonly remedy: string | null
}

/** What `doctor` prints: each need with what was found, and below it its remedy. */
export function doctorText(diagnoses: readonly Diagnosis[]): string {
  const missing = diagnoses.filter(({ state }) => state === 'missing').length
  const last =
    missing === 0
      ? '✓ Ready.'
      : `✗ ${missing === 1 ? 'One thing is' : `${missing} things are`} missing; the remedies are above.`
  return `${[...diagnoses.flatMap(diagnosisLines), '', last].join('\n')}\n`
}

function diagnosisLines({ name, state, found, remedy }: Diagnosis): readonly string[] {
  const line = `${signs[state]} ${oneLine(name)}: ${oneLine(found)}`
  return remedy === null ? [line] : [line, `    → ${oneLine(remedy)}`]
}

const signs: Record<Diagnosis['state'], string> = { ok: '✓', missing: '✗', warning: '⚠' }

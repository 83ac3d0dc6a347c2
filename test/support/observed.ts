import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'

/** A finding with the fields that a test does not care about filled in. */
export function found(fields: Partial<Finding> = {}): Finding {
  return {
    tool: 'tsc',
    rule: 'TS2304',
    file: 'src/a.ts',
    line: 1,
    column: 1,
    subject: null,
    message: "Cannot find name 'a'.",
    ...fields,
  }
}

/** A run of a command that ended with `exitCode`. */
export function ran(exitCode: number, fields: Partial<Evidence> = {}): Evidence {
  return {
    command: 'npm run types',
    end: { kind: 'exited', exitCode },
    durationMs: 1400,
    outputTail: '',
    findings: [],
    ...fields,
  }
}

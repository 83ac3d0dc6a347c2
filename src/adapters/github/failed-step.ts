import { redact } from '../secrets/redact.ts'

/** The step of a job that failed, as the job's log tells it. */
interface FailedStep {
  readonly command: string | null
  readonly exitCode: number | null
  readonly text: string
}

/** Of the step that failed, this much of its end is kept, in characters. */
const most = 16_000
const longestLine = 4000

/**
 * Reads a job's log line by line and keeps the end of the step that failed first: a command that ended badly, else the
 * step that reported an error, else what was printed last. Needs no more memory than it keeps, however long the log is.
 */
export function failedStepReader() {
  let step = newStep(null)
  let suspect: Step | null = null
  let exitCode: number | null = null
  return {
    /** False when the rest of the log is of no interest. */
    hear(raw: string): boolean {
      const line = plainLine(raw)
      const command = /^##\[group\]Run (.*)$/.exec(line)?.[1]
      const code = /^##\[error\]Process completed with exit code (\d{1,10})\.$/.exec(line)?.[1]
      if (code !== undefined) exitCode = Number(code)
      else if (command === undefined && line !== 'Post job cleanup.') keep(step, line)
      else {
        if (step.hasError) suspect ??= step
        step = newStep(command ?? null)
      }
      return code === undefined
    },
    failed(): FailedStep {
      const { command, lines } = exitCode === null ? (suspect ?? step) : step
      return {
        command: command === null ? null : redact(command.slice(0, 500)),
        exitCode,
        text: redact(lines.join('\n')).trim().slice(-most),
      }
    },
  }
}

interface Step {
  readonly command: string | null
  lines: string[]
  length: number
  /** GitHub shows a step's script and environment before the step itself says anything. */
  isBegun: boolean
  hasError: boolean
}

function newStep(command: string | null): Step {
  return { command, lines: [], length: 0, isBegun: command === null, hasError: false }
}

function keep(step: Step, line: string): void {
  if (!step.isBegun) {
    step.isBegun = line === '##[endgroup]'
    return
  }
  step.hasError ||= line.startsWith('##[error]')
  step.lines.push(line)
  step.length += line.length + 1
  while (step.length > most && step.lines.length > 1)
    step.length -= (step.lines.shift()?.length ?? 0) + 1
}

/** GitHub writes the time before each line. */
const time = /^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z ?/

/** Escape sequences of a bounded length, so that hostile text costs linear time. */
const escapes = new RegExp(
  String.raw`\u001B(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\u0007\u001B]{0,200}\u0007)`,
  'g',
)

function plainLine(raw: string): string {
  const line = raw.slice(0, longestLine).replace(/\r$/, '').replace(time, '')
  return line.replaceAll(escapes, '').replaceAll(/[^\P{Cc}\t]|[\p{Cf}\p{Cs}]/gu, '')
}

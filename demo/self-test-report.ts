import { z } from 'zod'

/** Of `npm run report -- <run> --json`, what a self-test looks at. */
const recorded = z.object({
  task: z.string().nullable(),
  timeline: z.string(),
  report: z.string(),
  log: z.array(z.object({ log_level: z.string(), message: z.string(), details: z.unknown() })),
})

/** Of the entry that says how the deploy ended. */
const ended = z.object({
  commit: z.string(),
  build_ms: z.number().nullable(),
  verification_ms: z.number().nullable(),
  files_changed: z.array(z.string()),
  verification: z.object({ production_test: z.string().nullable() }),
})

/** What a self-test saw, each of it from outside or from the record. */
export interface Seen {
  /** What `npm run report -- <run> --json` printed. */
  readonly recorded: unknown
  /** The commit that was merged, and the one that production runs in the end. */
  readonly merged: string
  readonly live: string | null
  /** What was said on the pull request in the end. */
  readonly told: string
  /** Whether `npm run audit -- --verify` found the log whole. */
  readonly isLogWhole: boolean
  /** Whether a file or a process of it is left. */
  readonly isPutAway: boolean
}

export interface StepSeen {
  readonly step: string
  readonly isGood: boolean
  readonly detail: string
}

/** Each step of the deploy workflow, and whether it is seen to have worked (S2-45, S2-46). */
export function stepsOf(seen: Seen): readonly StepSeen[] {
  const read = recorded.safeParse(seen.recorded)
  if (!read.success) return [step('Record', false, 'nothing is on record')]
  const { timeline, report, task, log } = read.data
  const entry = log.find(({ details }) => ended.safeParse(details).success)
  if (entry === undefined) return [step('Record', false, 'no end is on record')]
  const { message, log_level: level } = entry
  const details = ended.parse(entry.details)
  const test = details.verification.production_test
  return [
    step('Commit', details.commit === seen.merged, `${short(details.commit)} is on record`),
    step(
      'Change',
      details.files_changed.length === 1,
      details.files_changed.join(', ') || 'no file',
    ),
    step('Approval', timeline.includes('approved by'), approval(timeline)),
    step('Deploy', details.build_ms !== null, `live: ${seconds(details.build_ms)}`),
    step('Production', seen.live === seen.merged, `${short(seen.live)} is live`),
    step(
      'Verification',
      test === 'passed',
      `${test ?? 'nothing seen'}: ${seconds(details.verification_ms)}`,
    ),
    step('Log', level === 'info', `${level}: ${message}`),
    step(
      'Report',
      seen.told.includes(report.split('\n', 1)[0] ?? '-'),
      `task ${task ?? 'unknown'}`,
    ),
    step('Audit', seen.isLogWhole, seen.isLogWhole ? 'the log is whole' : 'the log is not whole'),
    step('Clean-up', seen.isPutAway, seen.isPutAway ? 'nothing is left' : 'something is left'),
  ]
}

/** For a terminal, and for whoever reads what a timer printed. */
export function selfTestText(steps: readonly StepSeen[], ms: number): string {
  const isGood = steps.every((one) => one.isGood)
  const lines = steps.map((one) => `  ${one.isGood ? '✓' : '✗'} ${one.step}: ${one.detail}`)
  const head = `Self-test of the deploy workflow: ${isGood ? 'passed' : 'FAILED'} after ${seconds(ms)}`
  return `${[head, ...lines].join('\n')}\n`
}

function step(name: string, isGood: boolean, detail: string): StepSeen {
  return { step: name, isGood, detail }
}

function approval(timeline: string): string {
  return /approved by [^\n]*/.exec(timeline)?.[0] ?? 'nobody approved it'
}

function short(sha: string | null): string {
  return sha === null ? 'nothing' : sha.slice(0, 7)
}

function seconds(ms: number | null): string {
  return ms === null ? 'no time on record' : `${(ms / 1000).toFixed(1)} s`
}

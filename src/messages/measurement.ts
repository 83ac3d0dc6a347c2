import type { CommandEnd, Evidence } from '#domain/evidence.ts'

import { duration } from './duration.ts'
import { harmless, shortened } from './plain-text.ts'

/** How a command ended: "exit 0", "stopped by its time limit". */
export function ending(end: CommandEnd): string {
  return end.kind === 'exited' ? `exit ${end.exitCode}` : stops[end.by]
}

/** What was measured, and nothing else (K24): "`npm test` exit 1 → exit 0 in 1.4 seconds". */
export function measured(before: Evidence | null, after: Evidence): string {
  const change =
    before === null ? ending(after.end) : `${ending(before.end)} → ${ending(after.end)}`
  return `\`${command(after.command)}\` ${change} in ${duration(after.durationMs)}`
}

export function command(text: string): string {
  return shortened(harmless(text).replaceAll('`', "'"), 120)
}

const stops: Record<Extract<CommandEnd, { kind: 'stopped' }>['by'], string> = {
  time: 'stopped by its time limit',
  memory: 'stopped by its memory limit',
  output: 'stopped by its output limit',
  signal: 'stopped by a signal',
}

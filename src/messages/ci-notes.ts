import type { CiReport, CiTrouble } from '#domain/ci.ts'

import { oneLine, shortened } from './plain-text.ts'

/** The short lines below a step that hears what CI says. */
export function ciNote(report: CiReport, trouble: CiTrouble | null): string {
  const { check, conclusion, job } = report
  const step = job?.step == null ? '' : ` at ${oneLine(job.step)}`
  const why = trouble === null ? '' : `: ${troubleWords[trouble]}`
  return shortened(`${oneLine(check)}: ${oneLine(conclusion)}${step}${why}`, 160)
}

export function scopeNote(wanted: number, rest: number): string {
  return `${wanted} of ${wanted + rest} checks belong to what is red in CI`
}

/** One line for each check. */
export function troubleDetail(
  all: readonly { readonly report: CiReport; readonly trouble: CiTrouble }[],
): string {
  return all.map(({ report, trouble }) => `${report.check}: ${troubleWords[trouble]}`).join('\n')
}

export const troubleWords: Record<CiTrouble, string> = {
  cancelled: 'somebody or something cancelled it',
  'timed-out': 'it ran out of time',
  'runner-lost': 'its machine was lost',
  'not-started': 'GitHub could not start it',
  'no-space': 'its machine had no space left',
  'rate-limited': 'a service refused it for asking too often',
  network: 'it could not reach a service it installs from',
}

/** What a task is called before anybody knows how it is repaired. */
export function redTitle(checks: readonly string[]): string {
  return shortened(`make ${checks.map(oneLine).join(', ')} green again`, 120)
}

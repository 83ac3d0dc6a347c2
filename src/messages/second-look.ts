import type { Emergency, SecondLook } from '#domain/second-look.ts'

import { oneLine } from './plain-text.ts'

/** What came of an emergency, in one line. Plain text. */
export function emergencyLine({ by, reason, until, look }: Emergency): string {
  const said = `Emergency: ${oneLine(by)}: ${oneLine(reason)}`
  if (look === null) return `${said}; nobody else has looked, due ${minute(until)}`
  const why = look.reason === null ? '' : `: ${oneLine(look.reason)}`
  const late = look.at > until ? `, late (due ${minute(until)})` : ''
  return `${said}; ${words[look.verdict]} ${oneLine(look.by)}${late}${why}`
}

const words: Readonly<Record<SecondLook['verdict'], string>> = {
  confirmed: 'confirmed by',
  objected: 'objected to by',
}

/** Below the notice of a deploy, for as long as nobody else has looked. */
export function lookWanted(environment: string, sha: string): string {
  const what = `${environment} ${sha.slice(0, 12)}`
  return `Somebody else has to look at it: \`/approve-deploy ${what}\` confirms, \`/reject-deploy ${what}\` objects.`
}

/** The answer to who confirmed. */
export function confirmedWords(login: string): string {
  return `${oneLine(login)} confirmed the emergency; it is on record.`
}

/** How many emergencies there were, and each that nobody else has looked at. */
export function emergenciesText(
  all: readonly { readonly runId: string; readonly emergency: Emergency }[],
): string {
  const open = all.filter(({ emergency }) => emergency.look === null)
  const head = `Emergencies: ${all.length}, ${open.length} of them without a second look`
  const lines = open.map(({ runId, emergency }) => `  ⚠ ${runId}: ${emergencyLine(emergency)}`)
  return `${[head, ...lines].join('\n')}\n`
}

export const secondLookNote = 'An emergency was looked at by somebody else.'

function minute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`
}

import type { Replayed } from '#domain/replay.ts'

import { oneLine } from './plain-text.ts'

const names: Readonly<Record<Replayed['what'], string>> = {
  approval: 'approval for',
  opening: 'locks, freezes and hours of',
  'auto-approval': 'rule auto-approve of',
  safety: 'safety policy on',
  verdict: 'verdict on',
  end: 'end in',
  'ci-trouble': 'trouble of',
}

/** What was decided and what would be today, a line each, and how many differ. */
export function replayText(all: readonly Replayed[]): string {
  if (all.length === 0) return 'Nothing that was decided there can be decided again.\n'
  const lines = all.map((one) => {
    const head = `${one.run}  ${names[one.what]} ${oneLine(one.of)}: ${oneLine(one.before)}`
    if (one.today === null) return `· ${head}; what it was decided from is not on record`
    return one.today === one.before ? `= ${head}` : `≠ ${head}; today ${oneLine(one.today)}`
  })
  return `${lines.join('\n')}\n\n${different(all).length} of ${all.length} would be decided otherwise today.\n`
}

/** Those that would be decided otherwise. */
export function different(all: readonly Replayed[]): readonly Replayed[] {
  return all.filter(({ before, today }) => today !== null && today !== before)
}

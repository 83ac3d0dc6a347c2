import type { Restraint, RestraintKind, StopReason } from '#domain/restraint.ts'

import { code, plain } from './markdown.ts'

const what: Readonly<Record<RestraintKind, string>> = {
  lock: 'locked',
  freeze: 'Deploys are frozen',
  pause: 'Goalkeeper is paused',
}

/** One line for each that is in force. */
export function restraintLines(restraints: readonly Restraint[]): readonly string[] {
  return restraints.map((one) => {
    const { kind, environment, isEverywhere, person, at, reason } = one
    const subject = environment === null ? what[kind] : `${code(environment)} is ${what[kind]}`
    const where = isEverywhere ? ' in all repositories' : ''
    const why = reason === null ? '' : `: ${plain(reason)}`
    const since = `${at.toISOString().slice(0, 16)}Z`
    return `- ${subject}${where} since ${since} by ${plain(person.login)}${why}`
  })
}

export function restrainedWords(inForce: readonly Restraint[]): string {
  return inForce.length === 0
    ? 'Nothing is locked, frozen or paused here.'
    : restraintLines(inForce).join('\n')
}

const stops: Readonly<Record<StopReason, string>> = {
  'switched-off': 'Goalkeeper is switched off',
  paused: 'Goalkeeper is paused',
}

/** A line below a step that waits. */
export function stoppedNote(because: StopReason): string {
  return `${stops[because]}: this waits`
}

import type { GateRules, GateView } from '#domain/gate.ts'
import {
  brokenConfiguration,
  gateNotes,
  gateTable,
  refusedGate,
  ungatedWords,
  whichEnvironment,
} from '#messages/gate.ts'
import { admissionNote, notedNote } from '#messages/hosted-notes.ts'
import { confirmedWords, secondLookNote } from '#messages/second-look.ts'
import { weigh, type Word } from '#policy/approval.ts'

import { showAll, showGate } from './app-gate-check.ts'
import { type Gate, gateOf, planOf, teamsOf, viewsOf } from './app-gate.ts'
import { acknowledge, answer, type Asked, type HubGateParts, type Of } from './app-hub-answer.ts'
import { hostedAs } from './app-hub-news.ts'

/** Who decided may put it in other words; what others change, and what is gone, does not count any more. */
export async function onWordsChanged(
  parts: HubGateParts,
  { repository, source, how, sender }: Of<'words-changed'>,
): Promise<string> {
  const found = await parts.approvals.find(repository.id, source)
  if (found === null || (how === 'edited' && found.person === sender.id)) return notedNote
  await parts.approvals.void(repository.id, source, how)
  await showAll(parts, hostedAs(repository), found.pull)
  return gateNotes.voided(source, how)
}

export async function tellStatus(parts: HubGateParts, { event }: Asked): Promise<string> {
  if (!event.onPull) return gateNotes.notOnPull
  const gate = await gateOf(parts, hostedAs(event.repository), event.number)
  return await answer(parts, event, await standingText(parts, gate))
}

async function standingText(parts: HubGateParts, gate: Gate): Promise<string> {
  if (gate.broken !== null) return brokenConfiguration(gate.broken.line, gate.broken.problem)
  if (gate.rules.size === 0) return ungatedWords
  return tableOf(gate, await viewsOf(parts, gate))
}

/** An approval or a rejection: weighed, written down, and shown. */
export async function decide(parts: HubGateParts, { event, role }: Asked): Promise<string> {
  const { command, sender, number } = event
  const verdict = command.verb === 'approve-deploy' ? 'approve' : 'reject'
  if (!event.onPull) return gateNotes.notOnPull
  // I10: nothing new begins; to close a gate is always allowed.
  if (!parts.enabled && verdict === 'approve') return admissionNote('switched-off')
  const gate = await gateOf(parts, hostedAs(event.repository), number)
  const environment = environmentOf(gate, command.environment)
  const rules = environment === null ? undefined : gate.rules.get(environment)
  if (environment === null || rules === undefined)
    return await answer(parts, event, unclear(gate, sender.login))
  const { login } = sender
  const teams = await teamsOf(parts.hosting.people, gate.repository, { login, rules })
  const word = wordOf(event, { verdict, role, teams, now: parts.clock.now() })
  const weighed = weigh(word, gate.change, rules)
  if (weighed.kind === 'refused') {
    await answer(parts, event, refusedGate(weighed.because, sender.login))
    return gateNotes.refused(weighed.because)
  }
  return await take(parts, event, { gate, environment, rules, word })
}

/** On record, as the look of a second person where an emergency waits for that; a confirmation of one opens nothing. */
async function take(
  parts: HubGateParts,
  event: Of<'command-given'>,
  taken: Taken,
): Promise<string> {
  const { gate, environment, word } = taken
  const { person, verdict, reason } = word
  const later = { gate, environment, verdict, person, reason, source: event.source }
  const isSecondLook = await parts.secondLook(later)
  await acknowledge(parts, event)
  if (isSecondLook && verdict === 'approve') {
    await answer(parts, event, confirmedWords(person.login))
    return secondLookNote
  }
  await record(parts, event, taken)
  const views = await showGate(parts, gate)
  await answer(parts, event, tableOf(gate, views))
  return gateNotes.shown(views.map(({ standing }) => standing.kind))
}

export function tableOf({ change, restrained }: Gate, views: readonly GateView[]): string {
  return gateTable(change.sha, views, restrained.inForce)
}

interface Taken {
  readonly gate: Gate
  readonly environment: string
  readonly rules: GateRules
  readonly word: Word
}

/** With what it is about: the commit, its files as they are and as they would be merged, and the rules of the moment. */
async function record(
  { approvals }: HubGateParts,
  { source, sender, command }: Of<'command-given'>,
  { gate, environment, rules, word }: Taken,
): Promise<void> {
  const { change, repository } = gate
  const { verdict, at } = word
  const place = { repository: repository.id, pull: change.number, environment }
  await approvals.record(place, {
    source,
    verdict,
    person: { id: sender.id, login: sender.login },
    sha: change.sha,
    trees: [...new Set([change.tree, change.mergedTree ?? change.tree])],
    plan: planOf(environment, rules),
    reason: command.reason,
    emergency: command.emergency,
    at,
    expiresAt: new Date(at.getTime() + rules['expires-hours'] * 3_600_000),
  })
}

/** Where none is named, the only one there is: there is no naked production. */
export function environmentOf({ rules }: Pick<Gate, 'rules'>, named: string | null): string | null {
  if (named !== null) return rules.has(named) ? named : null
  const [only = null, another] = rules.keys()
  return another === undefined ? only : null
}

export function unclear({ rules, broken }: Pick<Gate, 'rules' | 'broken'>, login: string): string {
  if (broken !== null) return brokenConfiguration(broken.line, broken.problem)
  return rules.size === 0 ? ungatedWords : whichEnvironment([...rules.keys()], login)
}

function wordOf(
  { sender, command, seen, at, byApp }: Of<'command-given'>,
  { verdict, role, teams, now }: Pick<Word, 'verdict' | 'role' | 'teams'> & { readonly now: Date },
): Word {
  return {
    verdict,
    person: { id: sender.id, login: sender.login, isHuman: sender.type === 'user' && !byApp },
    role,
    teams,
    named: command.sha,
    seen,
    at: at === null ? now : new Date(at),
    emergency: command.emergency,
    reason: command.reason,
  }
}

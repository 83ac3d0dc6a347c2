import type { RestraintKind } from '#domain/restraint.ts'
import { gateNotes, whichEnvironment } from '#messages/gate.ts'
import { restrainedWords } from '#messages/restraint.ts'

import { showAll } from './app-gate-check.ts'
import { gateOf } from './app-gate.ts'
import { acknowledge, answer, type Asked, type HubGateParts } from './app-hub-answer.ts'
import { environmentOf } from './app-hub-gate.ts'
import { hostedAs } from './app-hub-news.ts'

/** `/lock`, `/freeze` and `/pause`: on record first, then every gate that is open hears of it. */
export async function restrain(parts: HubGateParts, asked: Asked): Promise<string> {
  const { event } = asked
  const where = await whereOf(parts, asked)
  if (where === null) return await unknownEnvironment(parts, asked)
  const { verb, reason } = event.command
  const kind: RestraintKind = verb === 'lock' || verb === 'freeze' ? verb : 'pause'
  const person = { id: event.sender.id, login: event.sender.login }
  const { source } = event
  const at = timeOf(parts, asked)
  const repository = hostedAs(event.repository)
  await parts.restraints.put(repository, { ...where, kind, person, reason, at, source })
  return await told(parts, asked, where.isEverywhere)
}

/** `/unlock` and `/resume`: what was put after it was said stays. */
export async function lift(parts: HubGateParts, asked: Asked): Promise<string> {
  const { event } = asked
  const where = await whereOf(parts, asked)
  if (where === null) return await unknownEnvironment(parts, asked)
  const kinds: readonly RestraintKind[] =
    event.command.verb === 'unlock' ? ['lock'] : ['pause', 'freeze']
  const person = { id: event.sender.id, login: event.sender.login }
  const at = timeOf(parts, asked)
  await parts.restraints.lift(hostedAs(event.repository), { ...where, kinds, person, at })
  return await told(parts, asked, where.isEverywhere)
}

interface Where {
  readonly environment: string | null
  readonly isEverywhere: boolean
}

async function whereOf(parts: HubGateParts, { event }: Asked): Promise<Where | null> {
  const { verb, environment: named } = event.command
  if (verb !== 'lock' && verb !== 'unlock')
    return { environment: null, isEverywhere: named === 'all' }
  if (!event.onPull) return null
  const gate = await gateOf(parts, hostedAs(event.repository), event.number)
  const environment = environmentOf(gate, named)
  return environment === null ? null : { environment, isEverywhere: false }
}

async function unknownEnvironment(parts: HubGateParts, { event }: Asked): Promise<string> {
  if (!event.onPull) return gateNotes.notOnPull
  const { rules } = await gateOf(parts, hostedAs(event.repository), event.number)
  return await answer(parts, event, whichEnvironment([...rules.keys()], event.sender.login))
}

function timeOf({ clock }: HubGateParts, { event }: Asked): Date {
  return event.at === null ? clock.now() : new Date(event.at)
}

async function told(parts: HubGateParts, { event }: Asked, isEverywhere: boolean): Promise<string> {
  const repository = hostedAs(event.repository)
  await parts.openGates.wake(repository, isEverywhere, parts.clock.now())
  await acknowledge(parts, event)
  if (event.onPull) await showAll(parts, repository, event.number)
  const { inForce } = await parts.restraints.on(repository)
  return await answer(parts, event, restrainedWords(inForce))
}

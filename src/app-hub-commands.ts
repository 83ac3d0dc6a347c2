import type { Verb } from '#domain/command.ts'
import { helpText, mistakenWords, roleTooLow } from '#messages/gate-commands.ts'
import { refusedGate } from '#messages/gate.ts'
import { askedInVainNote, notedNote } from '#messages/hosted-notes.ts'
import { mayAsk } from '#policy/admission.ts'
import { mayCommand } from '#policy/restraint.ts'

import { cancel, deployAgain, retry } from './app-hub-again.ts'
import { answer, type Asked, type HubGateParts, type Of } from './app-hub-answer.ts'
import { decide, tellStatus } from './app-hub-gate.ts'
import { hostedAs } from './app-hub-news.ts'
import { lift, restrain } from './app-hub-restraints.ts'
import { takeBack } from './app-hub-take-back.ts'

type Doing = (parts: HubGateParts, asked: Asked) => Promise<string>

const doings: Readonly<Record<Verb, Doing>> = {
  help: (parts, { event }) => answer(parts, event, helpText),
  status: tellStatus,
  'approve-deploy': decide,
  'reject-deploy': decide,
  deploy: deployAgain,
  rollback: takeBack,
  retry,
  cancel,
  lock: restrain,
  freeze: restrain,
  pause: restrain,
  unlock: lift,
  resume: lift,
  'auto-fix': async () => notedNote,
}

/** Somebody gives a command, or asks for help. Whether they may GitHub is asked; strangers are not answered. */
export async function onCommandGiven(
  parts: HubGateParts,
  event: Of<'command-given'>,
): Promise<string> {
  const role = await parts.hosting.people.roleOf(hostedAs(event.repository), event.sender.login)
  if (!mayAsk(role)) return askedInVainNote(role)
  const { command, sender, byApp } = event
  if (sender.type !== 'user' || byApp)
    return await answer(parts, event, refusedGate('bot', sender.login))
  if (!mayCommand(command, role)) return await answer(parts, event, roleTooLow(sender.login))
  return await doings[command.verb](parts, { event, role })
}

export async function onCommandMistaken(
  parts: HubGateParts,
  event: Of<'command-mistaken'>,
): Promise<string> {
  const role = await parts.hosting.people.roleOf(hostedAs(event.repository), event.sender.login)
  if (!mayAsk(role)) return askedInVainNote(role)
  return await answer(parts, event, mistakenWords(event.mistake, event.sender.login))
}

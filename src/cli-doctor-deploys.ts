import type { DecidedPlan } from '#adapters/postgres/decided-plans.ts'
import { programsBelow } from '#adapters/system/diagnose.ts'
import type { Settings } from '#config/environment.ts'
import type { DeploySetting } from '#domain/deploy-setting.ts'
import {
  commandsFolder,
  setBesides,
  settingWanted,
  type Wanting,
} from '#messages/deploy-diagnoses.ts'
import type { Diagnosis } from '#messages/doctor.ts'
import { missingSettings } from '#policy/deploy-settings.ts'

import { setUpOf } from './app-set-up.ts'

type SetFor = Pick<Settings, 'deploys' | 'sentry' | 'watchHosts' | 'notify'>

/** What deploys and their news have besides GitHub, and what is wanting, without a question to GitHub. */
export async function diagnoseDeploys(
  settings: SetFor,
  plans: readonly DecidedPlan[],
): Promise<readonly Diagnosis[]> {
  const { commands } = settings.deploys
  const folder = commands === null ? [] : commandsFolder(commands, await programsBelow(commands))
  const wanting = new Map<DeploySetting, Wanting['by']>()
  for (const { rules, ...by } of plans)
    for (const setting of rules.deploy === null
      ? []
      : missingSettings(rules.deploy, setUpOf(settings)))
      wanting.set(setting, [...(wanting.get(setting) ?? []), by])
  const wanted = [...wanting].map(([setting, by]) => settingWanted({ setting, by }))
  return [setBesides(namesOf(settings)), ...folder, ...wanted]
}

function namesOf({ deploys, sentry, watchHosts, notify }: SetFor): readonly string[] {
  const all: readonly (readonly [string, boolean])[] = [
    ['Vercel', deploys.vercel !== null],
    ['commands', deploys.commands !== null],
    [`Sentry (${sentry?.projects.join(' ')})`, sentry !== null],
    [`hosts to ask (${watchHosts.join(' ')})`, watchHosts.length > 0],
    ['Slack by webhook', notify.slack !== null],
    ['Slack by token', notify.slackApi !== null],
    ['e-mail', notify.mail !== null],
    ['a webhook', notify.webhook !== null],
  ]
  return all.filter(([, isSet]) => isSet).map(([name]) => name)
}

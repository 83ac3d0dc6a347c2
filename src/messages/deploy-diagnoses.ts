import type { DeploySetting } from '#domain/deploy-setting.ts'

import { settingMissing } from './deploy-setting.ts'
import type { Diagnosis } from './doctor.ts'

/** What is set besides GitHub for deploys and for news of them. */
export function setBesides(names: readonly string[]): Diagnosis {
  const found = names.length === 0 ? 'nothing is set besides GitHub' : names.join(', ')
  return { name: 'Deploys and news', state: 'ok', found, remedy: null }
}

/** `programs`: how many commands are in the folder; null where it cannot be read. */
export function commandsFolder(folder: string, programs: number | null): readonly Diagnosis[] {
  if (programs !== null && programs > 0) return []
  const remedy = 'Put programs there as <owner>/<name>/<environment>, and make them executable.'
  const found = programs === null ? `${folder} cannot be read` : `${folder} has no command`
  return [{ name: 'DEPLOY_COMMANDS', state: 'warning', found, remedy }]
}

/** A setting that is not there, and the environments whose rules ask for it: a name and GitHub's number of the repository. */
export interface Wanting {
  readonly setting: DeploySetting
  readonly by: readonly { readonly environment: string; readonly repository: number }[]
}

const most = 3

/** A setting that rules of repositories need, by what people decided about last. */
export function settingWanted({ setting, by }: Wanting): Diagnosis {
  const named = by.slice(0, most).map(({ environment, repository }) => {
    return `${environment} of repository ${repository}`
  })
  const others = by.length > most ? ` and ${by.length - most} more` : ''
  const found = `${settingMissing(setting)}; asked for by ${named.join(', ')}${others}`
  const remedy = `Set ${setting} as .env.example explains, or change the rules in .github/goalkeeper.yml.`
  return { name: 'Deploys', state: 'warning', found, remedy }
}

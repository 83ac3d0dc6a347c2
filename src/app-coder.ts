import type { Pool } from 'pg'

import { openBudgets } from '#adapters/postgres/open-store.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import type { CoderSettings } from '#config/coder-variables.ts'
import type { Settings } from '#config/environment.ts'
import type { Budget } from '#domain/budget.ts'
import { judgeReservation } from '#policy/budget.ts'
import type { Coder } from '#ports/coder.ts'

/** The model, where one is set, and what it may cost. */
export async function openCoding(pool: Pool, { coder }: Settings, secrets: OwnSecrets) {
  const limits = coder?.budget ?? nothingToSpend
  const budgets = openBudgets(pool, (used) => judgeReservation(limits, used))
  return { coder: await coderOf(coder, secrets), budgets }
}

/**
 * The last rung of the ladder; null where no model is set. Our secrets are taken out of all that is sent or kept.
 * What talks to models is loaded only where one is set: it is a tenth of a start.
 */
async function coderOf(
  settings: CoderSettings | null,
  secrets: Pick<OwnSecrets, 'inText'>,
): Promise<Coder | null> {
  if (settings === null) return null
  const around = {
    redact: (text: string): string => secrets.inText(text),
    elapsed: () => performance.now(),
  }
  const { provider, model, baseUrl, apiKey, prices, command, commandFolder: folder } = settings
  if (provider !== 'command') {
    const { openModel } = await import('#adapters/coder/open-model.ts')
    const { modelCoder } = await import('#adapters/coder/model-coder.ts')
    return modelCoder({ ...openModel({ ...settings, provider }), ...around })
  }
  if (command === null || baseUrl === null || apiKey === null) throw new Error('Parsed before.')
  const { commandCoder } = await import('#adapters/coder/command-coder.ts')
  const id = `command/${model}`
  return commandCoder({ id, model: id, baseUrl, apiKey, prices, command, folder, ...around })
}

const none = { dollars: 0, tokens: 0, minutes: 0, attempts: 0 }

/** Where no model is set nobody asks. */
const nothingToSpend: Budget = { task: none, day: none }

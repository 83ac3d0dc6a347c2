import { modelCoder } from '#adapters/coder/model-coder.ts'
import { openModel } from '#adapters/coder/open-model.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import type { CoderSettings } from '#config/coder-variables.ts'
import type { Budget } from '#domain/budget.ts'
import type { Coder } from '#ports/coder.ts'

/** The last rung of the ladder; null where no model is set. Our secrets are taken out of all that is sent or kept. */
export function coderOf(
  settings: CoderSettings | null,
  secrets: Pick<OwnSecrets, 'inText'>,
): Coder | null {
  if (settings === null) return null
  return modelCoder({
    ...openModel(settings),
    redact: (text) => secrets.inText(text),
    elapsed: () => performance.now(),
  })
}

const none = { dollars: 0, tokens: 0, minutes: 0, attempts: 0 }

/** Where no model is set nobody asks. */
export const nothingToSpend: Budget = { task: none, day: none }

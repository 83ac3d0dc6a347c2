import { afterShowing } from '../../src/app-shown.ts'
import { onDeployWaits } from '../../src/app-waits.ts'
import { type gatedChange, hub, people } from './gated-change.ts'

const [, , bob] = people
const quiet = {
  engine: { start: async () => undefined },
  claims: { take: async (claim: never) => claim },
  proposals: { numbered: async () => null },
  startedBy: () => [],
  webUrl: '',
}

/** Our word is asked for by jobs of GitHub Actions, and all of them hear how the gate stands when it is shown. */
export function protectedBy(
  change: ReturnType<typeof gatedChange>,
  { approved }: { readonly approved: (run: number) => void },
) {
  const protection = {
    commitOf: async () => change.change().sha,
    changeAt: async () => change.change().number,
    say: async ({ run }: { run: number }, { state }: { state: string | null }) => {
      if (state === 'approved') approved(run)
    },
  }
  const parts = { ...change.parts, hosting: { ...change.parts.hosting, protection } }
  const shown = afterShowing({ ...parts, ...quiet }, { enabled: true, shadow: false })
  Object.assign(change.parts, { shown })
  const environment = 'production'
  const sender = { ...bob, type: 'bot' as const }
  return {
    asks: (run: number, deliveryId: string) => {
      const { sha } = change.change()
      const told = { kind: 'deploy-waits' as const, deliveryId, repository: hub, sender }
      return onDeployWaits(parts, { ...told, run, environment, sha })
    },
  }
}

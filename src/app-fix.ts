import { join } from 'node:path'

import { createChecks } from '#adapters/checks/checks.ts'
import { codefixesToolbox } from '#adapters/codefixes/toolbox.ts'
import { byTest } from '#adapters/fixers/by-test/by-test.ts'
import { formatTouched } from '#adapters/fixers/format-touched.ts'
import { astGrepToolbox, recipeRunner, recipesFixer } from '#adapters/fixers/recipes.ts'
import { toolFixers } from '#adapters/fixers/tool-fixers.ts'
import { typesFixer } from '#adapters/fixers/types.ts'
import { observerWithInstall } from '#adapters/install/install-observer.ts'
import { installingWorkspaces } from '#adapters/install/installing-workspaces.ts'
import { logReader } from '#adapters/observer/log-findings.ts'
import { createObserver } from '#adapters/observer/observer.ts'
import { createWorkspaces } from '#adapters/observer/workspace.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import { systemClock } from '#adapters/system/world.ts'
import { installTool } from '#adapters/tools/install.ts'
import { parseRecipe } from '#config/recipe.ts'
import { parseRepositoryConfiguration } from '#config/repository.ts'
import type { Dependencies } from '#ports/dependencies.ts'
import { type Fixer, rungs } from '#ports/fixer.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { Sandbox } from '#ports/sandbox.ts'
import type { StepPorts } from '#steps/step-ports.ts'

import type { deployPorts } from './app-deploy.ts'

/** What the fixers need inside the sandbox. */
export const fixerToolbox = [...codefixesToolbox, ...astGrepToolbox()]

/** The ladder, cheapest rung first; within a rung in the order of the lists. */
function ladder(): readonly Fixer[] {
  const fixers = [...toolFixers, typesFixer(), byTest, recipesFixer(recipeRunner())]
  return fixers.toSorted((a, b) => rungs.indexOf(a.rung) - rungs.indexOf(b.rung))
}

interface Parts {
  readonly home: string
  readonly sandbox: Sandbox
  readonly repositories: Repositories
  readonly dependencies: Dependencies
  readonly records: Pick<
    StepPorts,
    | 'store'
    | 'claims'
    | 'repairs'
    | 'waitingPulls'
    | 'proposals'
    | 'culprits'
    | 'flakes'
    | 'lessons'
    | 'deployments'
    | 'openGates'
    | 'accounts'
    | 'deliveries'
    | 'edits'
  >
  readonly hosting: Hosting
  readonly shadow: boolean
  readonly deploys: ReturnType<typeof deployPorts>
  readonly coder: StepPorts['coder']
  readonly budgets: StepPorts['budgets']
  readonly secrets: OwnSecrets
}

/** A command of a repository may take a quarter of an hour unless its configuration says otherwise. */
const commandTimeoutMs = 15 * 60_000

/** The ports of the steps of a fix, made real. */
export function fixPorts(parts: Parts): Omit<StepPorts, 'engine'> {
  const { home, sandbox, repositories, dependencies, records, secrets, shadow } = parts
  const scratch = join(home, 'scratch')
  const fixed = createWorkspaces({ sandbox, timeoutMs: commandTimeoutMs })
  const clean = (text: string): string => secrets.inText(text)
  return {
    repositories,
    dependencies,
    ...records,
    fixers: ladder(),
    tidy: formatTouched,
    recipeRunner: recipeRunner(),
    recipeReader: { parse: parseRecipe },
    coder: parts.coder,
    budgets: parts.budgets,
    workspaces: installingWorkspaces({ dependencies, scratch, fixed }),
    observer: observerWithInstall({
      dependencies,
      scratch,
      redact: clean,
      clock: systemClock,
      findingsIn: (output) => findingsInInstall(output),
      others: createObserver({ memory: new Map(), redact: clean }),
    }),
    checks: createChecks(),
    logs: logReader,
    ...parts.hosting,
    ...parts.deploys,
    clock: systemClock,
    shadow,
    configurations: { parse: parseRepositoryConfiguration },
  }
}

function findingsInInstall(output: string) {
  const printed = {
    stdout: output,
    stderr: '',
    report: null,
    end: { kind: 'exited', exitCode: 1 },
  } as const
  return installTool.parse(printed, { tool: 'install', argv: ['install'], directory: '.' })
}

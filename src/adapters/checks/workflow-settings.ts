import { join } from 'node:path/posix'

import { resolve } from './expressions.ts'
import type { Contexts } from './expressions.ts'
import type { Scalar, WorkflowFile, WorkflowJob, WorkflowStep } from './workflow-file.ts'

/** Where and how a step runs. */
export interface Setting {
  readonly name: string | null
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
  readonly contexts: Contexts
  /** Why the step cannot be run here, in a sentence. */
  readonly because: string | null
}

/** Reads what surrounds a step: its directory and variables, its own or those of its job and workflow. */
export function settingOf(
  step: WorkflowStep,
  { definition, file }: { readonly definition: WorkflowJob; readonly file: WorkflowFile },
  contexts: Contexts,
): Setting {
  const outer = { ...known(file.env, contexts), ...known(definition.env, contexts) }
  const within = { ...contexts, env: outer }
  const env = { ...outer, ...known(step.env, within) }
  const place = step['working-directory'] ?? fallback(definition, file)['working-directory']
  const directory = resolve(place ?? '.', { ...contexts, env })
  const name = resolve(step.name, { ...contexts, env })
  const inside =
    directory.kind === 'known' ? join(directory.text === '' ? '.' : directory.text) : '.'
  return {
    name: name.kind === 'known' && name.text !== '' ? name.text : null,
    directory: inside.replace(/\/$/, ''),
    env: Object.fromEntries(Object.entries(env).filter(([variable]) => !moods.test(variable))),
    contexts: { ...contexts, env },
    because: reasonAgainst({ step, within, directory, shell: shellOf(step, definition, file) }),
  }
}

/** Colours, telemetry and caches of the runner: they change no verdict, and the sandbox has its own. */
const moods =
  /^(?:CI|FORCE_COLOR|NO_COLOR|TURBO_\w+|NX_\w+|\w*NODE_VERSION|PNPM_\w+|HUSKY\w*|DO_NOT_TRACK|\w*TELEMETRY\w*|DEBIAN_FRONTEND|GITHUB_\w+|\w*_CACHE\w*|PLAYWRIGHT_\w+)$/

function fallback(definition: WorkflowJob, file: WorkflowFile) {
  return { ...file.defaults?.run, ...definition.defaults?.run }
}

function shellOf(
  step: WorkflowStep,
  definition: WorkflowJob,
  file: WorkflowFile,
): Scalar | undefined {
  return step.shell ?? fallback(definition, file).shell
}

interface Reasons {
  readonly step: WorkflowStep
  readonly within: Contexts
  readonly directory: ReturnType<typeof resolve>
  readonly shell: Scalar | undefined
}

function reasonAgainst({ step, within, directory, shell }: Reasons): string | null {
  if (directory.kind === 'unknown') return directory.because
  if (directory.text.startsWith('/') || join(directory.text).startsWith('..')) {
    return 'It runs outside the repository.'
  }
  if (step['continue-on-error'] === true) return 'Its failure is allowed.'
  if (typeof shell === 'string' && !/^(?:ba)?sh\b/.test(shell)) return `Its shell is ${shell}.`
  return unknownVariable(step.env, within)
}

/** A step that is handed a secret needs it. */
function unknownVariable(env: WorkflowStep['env'], contexts: Contexts): string | null {
  for (const value of Object.values(env)) {
    const resolved = resolve(value, contexts)
    if (resolved.kind === 'unknown') return resolved.because
  }
  return null
}

function known(env: WorkflowStep['env'], contexts: Contexts): Record<string, string> {
  const pairs = Object.entries(env).map(([name, value]) => ({
    name,
    value: resolve(value, contexts),
  }))
  return Object.fromEntries(
    pairs.flatMap(({ name, value }) =>
      value.kind === 'known' ? [[name, value.text] as const] : [],
    ),
  )
}

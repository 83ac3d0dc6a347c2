import type { CoderTask } from '#domain/coder.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Coder, CoderAnswer, CoderContext } from '#ports/coder.ts'
import type { SandboxResult } from '#ports/sandbox.ts'

import { ended } from './endings.ts'
import { type DoorSettings, openModelDoor } from './model-door.ts'
import { agentInstructions, promptOf } from './prompt.ts'

export interface CommandSettings extends DoorSettings {
  /** As it is called: "command/claude". */
  readonly id: string
  /** A shell command line that reads the task on its input and edits the files in its directory. */
  readonly command: string
  /** A folder of this machine with the agent's program, at /opt/agent for the command; null where there is none. */
  readonly folder: string | null
  readonly redact: (text: string) => string
}

/** Where the door to the model is for the command, and a key that opens nothing. */
const surroundings = {
  ANTHROPIC_BASE_URL: 'http://127.0.0.1:4873',
  OPENAI_BASE_URL: 'http://127.0.0.1:4873/v1',
  OPENAI_API_BASE: 'http://127.0.0.1:4873/v1',
  ANTHROPIC_API_KEY: 'dummy',
  OPENAI_API_KEY: 'dummy',
}

/**
 * Somebody else's agent as a coder. It runs inside the sandbox of the run, reaches the model and nothing else, never sees
 * the key, and of what it leaves only the files count that it was allowed to write.
 */
export function commandCoder(settings: CommandSettings): Coder {
  return {
    id: settings.id,
    async code(task, context) {
      const door = await openModelDoor(settings, context.meter, context.signal)
      try {
        const result = await run(settings, { task, context, socket: door.socket })
        return answerOf(settings, result, { context, isSpent: door.isSpent() })
      } finally {
        await door.close()
      }
    },
  }
}

interface Running {
  readonly task: CoderTask
  readonly context: CoderContext
  readonly socket: string
}

async function run(
  { command, folder, redact }: CommandSettings,
  { task, context, socket }: Running,
): Promise<SandboxResult> {
  const { workspace, patch, limits, signal, checks } = context
  const names = checks.map(({ name, command: line }) => `${name} (${line})`)
  const mounts = folder === null ? [] : [{ path: '/opt/agent', from: folder }]
  return await workspace.run(await withOrders(context, patch), {
    command,
    directory: '.',
    stdin: redact(`${agentInstructions}\n\n${promptOf(task, names)}`),
    env: surroundings,
    mounts: [...workspace.mounts, ...mounts],
    timeoutMs: Math.ceil(limits.minutes * 60_000),
    network: { socket },
    collect: true,
    signal,
  })
}

/** Agents obey such files without a question, and in the code under repair anybody may have written them: the base's count. */
async function withOrders(context: CoderContext, patch: Patch): Promise<Patch> {
  return combine(patch, await context.orders())
}

function answerOf(
  { redact }: CommandSettings,
  { end, files, stdout, stderr }: SandboxResult,
  { context, isSpent }: { readonly context: CoderContext; readonly isSpent: boolean },
): CoderAnswer {
  if (context.signal.aborted) return ended('cancelled', '')
  const { workspace, patch } = context
  const changed = files.filter(({ path, content }) => workspace.read(path, patch) !== content)
  const edits = changed.filter(({ path }) => context.refusal(path) === null)
  // What stands in the files is judged by proof, however the command ended.
  if (edits.length > 0)
    return { kind: 'edits', patch: edits, rationale: redact(stdout.trim().slice(-600)) }
  if (isSpent) return ended('budget-spent', '')
  if (end.kind === 'stopped') return ended(end.by === 'time' ? 'timeout' : 'no-answer', '')
  const isOutside = changed.some(({ path }) => !context.isForAgents(path))
  if (isOutside) return ended('out-of-scope', '')
  return ended('nonsense', redact(`${stdout}\n${stderr}`.trim().slice(-300)))
}

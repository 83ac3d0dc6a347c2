import type { SandboxResult } from '#ports/sandbox.ts'
import type { Workspace } from '#ports/workspace.ts'

interface Waiting {
  readonly ask: (question: string) => void
  readonly answer: Promise<SandboxResult>
}

/** Programs that were started before their question was known, one for each commit's files. */
export interface AskedAhead {
  begin(workspace: Workspace, command: readonly [string, ...string[]]): void
  /** The answer of the program that waits for these files; null when none does. A program answers once. */
  ask(workspace: Workspace, question: string): Promise<SandboxResult> | null
  /** Lets the program of these files go, or all. */
  forget(workspace: Workspace | null): void
}

/** How long a program is kept waiting for the other checks of a run. It is let go earlier where nobody will ask. */
const patienceMs = 15 * 60_000

/** Starts a program that takes its time to get ready while the check it will be asked about still runs. */
export function askedAhead(env: Readonly<Record<string, string>>): AskedAhead {
  const waiting = new Map<string, Waiting>()
  const take = (source: string): Waiting | undefined => {
    const found = waiting.get(source)
    waiting.delete(source)
    return found
  }
  return {
    begin(workspace, command) {
      if (waiting.has(workspace.source)) return
      const question = Promise.withResolvers<string>()
      const request = { command, directory: '.', env, timeoutMs: patienceMs }
      const answer = workspace.run([], { ...request, stdin: question.promise })
      // Whoever asks hears of it; nobody else needs to.
      answer.catch(() => undefined)
      waiting.set(workspace.source, { ask: question.resolve, answer })
    },
    ask({ source }, question) {
      const found = take(source)
      found?.ask(question)
      return found?.answer ?? null
    },
    forget(workspace) {
      const sources = workspace === null ? [...waiting.keys()] : [workspace.source]
      for (const source of sources) take(source)?.ask('')
    },
  }
}

/** Whether it was ended from outside, or ended itself (`codefixes/watchdog.ts`): 128 and the number of the signal. */
export function isCutOff(result: SandboxResult | null): result is SandboxResult {
  return result !== null && (result.end.kind === 'stopped' || result.end.exitCode === 137)
}

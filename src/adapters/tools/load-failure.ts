import type { Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { found, located, withoutRoot } from './found.ts'
import { saidByFile } from './test-message.ts'

/** Node's last words where a file of tests could not be imported; null where it says nothing like that, or not of which file. */
export function fileThatDoesNotLoad(
  tool: ToolId,
  { stdout, stderr, root }: Printed,
  invocation: Invocation,
): readonly Finding[] | null {
  const text = `${stderr.slice(-20_000)}\n${stdout.slice(-20_000)}`
  const [, error = null] =
    /^\W*(?:Exception during run: )?((?:[\w$]{0,60}Error)\b(?: \[\w{1,60}\])?: .*)$/m.exec(text) ??
    []
  const path = importerIn(text)
  const file = path === null ? null : located(path, root, invocation)
  if (error === null || file === null) return null
  return [found(tool, { file, ...saidByFile(withoutRoot(error, root)) })]
}

/** Modules name who imports, `require` the nearest first, and a syntax error stands below its own place. */
function importerIn(text: string): string | null {
  const [, path = null] =
    /Cannot find (?:module|package) .* imported from (\S+)$/m.exec(text) ??
    /^Require stack:\n- (\S+)$/m.exec(text) ??
    /^(\/\S+|file:\/\/\S+?):\d{1,9}\n/m.exec(text) ??
    []
  return path
}

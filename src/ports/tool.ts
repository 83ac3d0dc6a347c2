import type { Invocation } from '#domain/check.ts'
import type { CommandEnd } from '#domain/evidence.ts'
import type { Finding, ToolId } from '#domain/finding.ts'

/** What a tool printed, all of it untrusted. `root` is where the files lay when it ran, which absolute paths begin with. */
export interface Printed {
  readonly stdout: string
  readonly stderr: string
  readonly report: string | null
  readonly end: CommandEnd
  readonly root?: string | null
}

/** How to ask one tool for findings a machine can read. */
export interface Tool {
  readonly id: ToolId
  /** The invocation in the tool's machine-readable format; output goes to stdout or to `reportFile`, an absolute path. */
  reporting(
    invocation: Invocation,
    reportFile: string,
  ): {
    readonly argv: readonly [string, ...string[]]
    readonly reportFile: string | null
  }
  /** The invocation that runs only tests which reach one of the files, named as seen from its directory. */
  related?(invocation: Invocation, files: readonly string[]): readonly [string, ...string[]]
  /** Findings in what it printed, paths relative to the root. Untrusted text: never throws, unreadable output is one finding. */
  parse(printed: Printed, invocation: Invocation): readonly Finding[]
  /** The same findings from the output of the check's own command, or null where that does not hold all of them. */
  plain?(printed: Printed, invocation: Invocation): readonly Finding[] | null
}

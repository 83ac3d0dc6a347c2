import type { Invocation } from '#domain/check.ts'
import type { CommandEnd } from '#domain/evidence.ts'
import type { Finding, ToolId } from '#domain/finding.ts'

/** How to ask one tool for findings a machine can read. */
export interface Tool {
  readonly id: ToolId
  /** The invocation in the tool's machine-readable format; output goes to stdout or to `reportFile` in the workspace. */
  reporting(invocation: Invocation): {
    readonly argv: readonly [string, ...string[]]
    readonly reportFile: string | null
  }
  /** Findings in what it printed, paths relative to the root. Untrusted text: never throws, unreadable output is one finding. */
  parse(
    printed: {
      readonly stdout: string
      readonly stderr: string
      readonly report: string | null
      readonly end: CommandEnd
    },
    invocation: Invocation,
  ): readonly Finding[]
}

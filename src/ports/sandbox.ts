import type { CommandEnd } from '#domain/evidence.ts'
import type { FileEdit, Patch } from '#domain/patch.ts'

/** A directory or file on the host, bound read-only at `path` below the workspace, or at a place like `/opt/manager`. */
export interface Mount {
  readonly path: string
  readonly from: string
}

/** The one way out of a command: a unix socket of the host, which it reaches at http://127.0.0.1:4873. */
interface Door {
  readonly socket: string
}

export interface SandboxRequest {
  /** A directory of repository files on the host; the command gets a copy it may write to. No git directory in it. */
  readonly source: string
  /** Edits laid over the copy before the command starts. */
  readonly patch: Patch
  /** Installed dependencies and the like, read-only. */
  readonly mounts: readonly Mount[]
  /** A shell command line, run by `bash -eo pipefail -c`, or an argument vector, run as it is. */
  readonly command: string | readonly [string, ...string[]]
  /** Where it starts, relative to the root of the copy. */
  readonly directory: string
  /** A promise: the command is started at once and reads when there is something to read. */
  readonly stdin?: string | Promise<string>
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** `registry`: a GET-only package registry on loopback; `none`: no network at all; else what answers on a socket. */
  readonly network: 'none' | 'registry' | Door
  /** Whether the files the command created, changed or deleted are handed back (bounded, plain files only). */
  readonly collect: boolean
  /** Ends the command early; the result is then stopped by 'signal'. */
  readonly signal?: AbortSignal
}

/** What came out. All of it is untrusted: the repository's code may print and write anything. */
export interface SandboxResult {
  readonly end: CommandEnd
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
  /** Changed files when asked for: text only, inside the workspace, never below .git or node_modules. */
  readonly files: readonly FileEdit[]
}

/** What the sandbox proved about itself at start. */
export type SandboxProof =
  | { readonly kind: 'holds'; readonly mechanism: string }
  | { readonly kind: 'refuses'; readonly because: string; readonly remedy: string }

export interface Sandbox {
  /** Tries to read a canary and reach a port from inside; repository code runs only where this holds. */
  prove(): Promise<SandboxProof>
  /** Throws when the sandbox did not prove itself. */
  run(request: SandboxRequest): Promise<SandboxResult>
}

import type { Limits } from './limits.ts'

/** A host path seen at another place inside. */
export interface Bind {
  readonly from: string
  readonly to: string
  readonly access: 'read' | 'write'
  readonly kind: 'directory' | 'file'
}

/** A size-limited file system in memory. */
interface Scratch {
  readonly kind: 'scratch'
  readonly to: string
  readonly bytes: number
}

export type Layer = Bind | Scratch

/** One confinement: what a process sees, and what it may use. Paths in it are made by us, never by a repository. */
export interface Cell {
  /** Mounted in this order. */
  readonly layers: readonly Layer[]
  readonly env: Readonly<Record<string, string>>
  readonly argv: readonly string[]
  readonly stdin: string | Promise<string> | null
  readonly timeoutMs: number
  readonly signal: AbortSignal | null
  readonly limits: Limits
}

/** The places inside. */
export const places = {
  workspace: '/w',
  source: '/run/source',
  patch: '/run/patch',
  registry: '/run/registry.sock',
  toolbox: '/opt/toolbox',
  home: '/home/sandbox',
} as const

import type { Mount } from './sandbox.ts'

export type Installed =
  | {
      readonly kind: 'installed'
      /** What was run, now or when it was installed. */
      readonly command: string
      readonly mounts: readonly Mount[]
      readonly fromCache: boolean
      readonly durationMs: number
      readonly manager: string
      /** Whether exactly what the lockfile says was installed; a binary one cannot be led to our registry. */
      readonly lockfile: 'followed' | 'none' | 'binary'
    }
  | { readonly kind: 'none-declared' }
  | {
      readonly kind: 'failed'
      readonly manager: string
      readonly command: string
      readonly output: string
    }

/** The repository's dependencies, installed once per lockfile in the sandbox and shared read-only. */
export interface Dependencies {
  install(source: string, signal?: AbortSignal): Promise<Installed>
}

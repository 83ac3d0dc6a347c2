const mebibyte = 1024 * 1024

/** What one command may use. Sizes in bytes. */
export interface Limits {
  /** The copy of the source and everything the command adds to it. */
  readonly workspace: number
  /** Resident memory of all its processes; files in the workspace come on top. */
  readonly memory: number
  /** Processes and threads together. */
  readonly processes: number
  readonly openFiles: number
  /** Standard output and standard error together. */
  readonly output: number
  /** Text handed back by a collecting run, all files together, and one file alone. */
  readonly collected: number
  readonly collectedFile: number
  /** What one run may load through the registry mirror. */
  readonly download: number
}

/** Large enough for tsc and vitest on mid-size repositories (fixers.md A3). */
export const defaultLimits: Limits = {
  workspace: 512 * mebibyte,
  memory: 2048 * mebibyte,
  processes: 512,
  openFiles: 4096,
  output: 20 * mebibyte,
  collected: 32 * mebibyte,
  collectedFile: 4 * mebibyte,
  download: 2048 * mebibyte,
}

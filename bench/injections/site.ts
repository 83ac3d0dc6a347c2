/** The text files of a repository by path. */
export type Files = ReadonlyMap<string, string>

/** A file as it becomes; null when it goes away. */
export interface Change {
  readonly path: string
  readonly text: string | null
}

/** One place where a repository can be broken, and what breaking it changes. `before` are changes that belong to the green base. */
export interface Site {
  readonly description: string
  readonly changes: readonly Change[]
  readonly before?: readonly Change[]
}

/**
 * What a careful engineer would expect of a machine: `mechanical` failures have one right repair that the repository itself shows,
 * `semantic` ones need understanding (or a revert), and a `trap` must come back exactly as it was or be refused.
 */
export type Expectation = 'mechanical' | 'semantic' | 'trap'

/** A way to break a repository: pure, so that the same files and the same seed always give the same failure. */
export interface Injector {
  readonly name: string
  readonly expects: Expectation
  /** False where a formatter would repair the injection itself. */
  readonly keepFormatted: boolean
  sites(files: Files): readonly Site[]
}

export function injector(
  name: string,
  expects: Expectation,
  sites: (files: Files) => readonly Site[],
): Injector {
  return { name, expects, keepFormatted: true, sites }
}

/** The files after the changes. */
export function applied(files: Files, changes: readonly Change[]): Files {
  const result = new Map(files)
  for (const { path, text } of changes) {
    if (text === null) result.delete(path)
    else result.set(path, text)
  }
  return result
}

import ts from 'typescript6'

/** The files on disk with our edits laid over them, in memory only. Paths are absolute. */
export interface Overlay {
  readonly read: (file: string) => string | null
  /** `null` takes the edit away again. */
  readonly write: (file: string, text: string | null) => void
  readonly edited: () => readonly string[]
  /** Grows with every write. */
  readonly version: () => number
  readonly versionOf: (file: string) => string
}

export function createOverlay(): Overlay {
  const edits = new Map<string, string>()
  const versions = new Map<string, number>()
  const disk = new Map<string, string | null>()
  let version = 0
  return {
    read(file) {
      const edit = edits.get(file)
      if (edit !== undefined) return edit
      const known = disk.get(file)
      if (known !== undefined) return known
      const text = ts.sys.readFile(file) ?? null
      disk.set(file, text)
      return text
    },
    write(file, text) {
      if (text === null) edits.delete(file)
      else edits.set(file, text)
      version += 1
      versions.set(file, version)
    },
    edited: () => [...edits.keys()],
    version: () => version,
    versionOf: (file) => String(versions.get(file) ?? 0),
  }
}

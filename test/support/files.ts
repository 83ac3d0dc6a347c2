import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A temporary directory with these files; objects are written as JSON. */
export function directoryOf(files: Readonly<Record<string, string | object>>): {
  readonly directory: string
  remove(): void
} {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-files-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2)
    writeFileSync(join(directory, path), text)
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

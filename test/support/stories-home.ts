import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Goalkeeper keeps what it needs while it is tested. */
    home: string
  }
}

/** One home for all stories of a test run, as one user has: dependencies are installed once. It goes with the run. */
export function setup({ provide }: TestProject): () => void {
  const home = mkdtempSync(join(tmpdir(), 'goalkeeper-stories-'))
  chmodSync(home, 0o755)
  const livedIn = join(home, 'lived-in')
  mkdirSync(livedIn, { mode: 0o755 })
  execFileSync(process.execPath, [join(import.meta.dirname, 'live-in-child.ts'), livedIn])
  provide('home', home)
  return () => rmSync(home, { recursive: true, force: true })
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Patch } from '#domain/patch.ts'

import { isPlainPath } from './collected.ts'

/** Lays a patch out as `files/…` and a NUL-separated list `deleted`, readable for everybody. Throws on an unsafe path. */
export function writePatch(patch: Patch, directory: string): void {
  mkdirSync(join(directory, 'files'), { recursive: true, mode: 0o755 })
  const deleted = patch.filter(({ content }) => content === null).map(({ path }) => path)
  writeFileSync(join(directory, 'deleted'), deleted.join('\0'), { mode: 0o644 })
  for (const { path, content } of patch) {
    if (!isPlainPath(path)) throw new Error(`A patch may not touch ${JSON.stringify(path)}.`)
    if (content === null) continue
    const file = join(directory, 'files', path)
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 })
    writeFileSync(file, content, { mode: 0o644 })
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import type { FileEdit } from '#domain/patch.ts'

import { registryUrl } from './registry.ts'

const lockfiles = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
])

/** Lockfiles written inside name the mirror; outside they must name the registry they named before. */
export function withPublicAddresses(files: readonly FileEdit[], source: string): FileEdit[] {
  return files.map((edit) =>
    edit.content !== null && lockfiles.has(basename(edit.path))
      ? {
          ...edit,
          content: edit.content.replaceAll(registryUrl, registryBefore(source, edit.path)),
        }
      : edit,
  )
}

/** A lockfile of a repository as the mirror can serve it: every tarball address leads to the mirror. */
export function withMirrorAddresses(lockfile: string): string {
  return lockfile.replaceAll(
    /https?:\/\/[^\s"'#]+?\/((?:@[\w.~-]+\/)?[\w.~-]+\/-\/(?:@[\w.~-]+\/)?[\w.~+-]+\.tgz)/g,
    (_whole, path: string) => registryUrl + path,
  )
}

function registryBefore(source: string, path: string): string {
  const file = join(source, path)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const named = /(https?:\/\/[^\s"'#]+?\/)(?:@[\w.~-]+\/)?[\w.~-]+\/-\//.exec(before)?.[1]
  return named ?? 'https://registry.npmjs.org/'
}

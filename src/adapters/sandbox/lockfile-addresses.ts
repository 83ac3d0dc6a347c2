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
      ? { ...edit, content: readdressed(edit.content, textBefore(source, edit.path)) }
      : edit,
  )
}

/**
 * A lockfile that names our mirror, with the addresses of the lockfile it replaces. Where that named none, none is
 * named: the checksums say what is meant, and every manager then asks the registry it is configured for.
 */
export function readdressed(written: string, before: string): string {
  const named = /(https?:\/\/[^\s"',#]{1,200}?\/)(?:@[\w.~-]{1,100}\/)?[\w.~-]{1,100}\/-\//.exec(
    before,
  )
  const own = named?.[1] ?? registryUrl
  if (!own.startsWith(registryUrl)) return written.replaceAll(registryUrl, own)
  return written.replaceAll(npmAddress, '').replaceAll(yarnAddress, '').replaceAll(address, '""')
}

/** Inside a regular expression; a URL has no other character that means something there. */
const mirror = registryUrl.replaceAll('.', String.raw`\.`)
const npmAddress = new RegExp(`^ *"resolved": "${mirror}[^"]*",\\n`, 'gm')
const yarnAddress = new RegExp(`^ *resolved "${mirror}[^"]*"\\n`, 'gm')
const address = new RegExp(`"${mirror}[^"]*"`, 'g')

/**
 * A lockfile of a repository as the mirror can serve it: every tarball address leads to the mirror. In `bun.lock` no address
 * means npm's own registry, whatever bun is configured to use (seen with 1.3), so there each gets one.
 */
export function withMirrorAddresses(lockfile: string): string {
  return lockfile
    .replaceAll(
      /https?:\/\/[^\s"'#]+?\/((?:@[\w.~-]+\/)?[\w.~-]+\/-\/(?:@[\w.~-]+\/)?[\w.~+-]+\.tgz)/g,
      (_whole, path: string) => registryUrl + path,
    )
    .replaceAll(unaddressed, `$1"${registryUrl}$2/-/$3-$4.tgz"`)
}

/** A package of `bun.lock`: its name, the name without its scope, its version. */
const unaddressed = /(\["((?:@[\w.~-]{1,100}\/)?([\w.~-]{1,100}))@(\d[\w.+-]{0,100})", )""/g

function textBefore(source: string, path: string): string {
  const file = join(source, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

import type { ChangedFile } from '#domain/change.ts'
import type { Refusal } from '#domain/refusal.ts'

import { isLockfile } from '../paths.ts'

/**
 * What a lockfile may not lose: the same version of a package keeps its checksum (a wrong one is tampering,
 * never something to repair), and packages come from where they came from before.
 */
export function tamperedLock(file: ChangedFile): readonly Refusal[] {
  const { path, before, after } = file
  if (!isLockfile(path) || before === null || after === null) return []
  const [old, now] = [lockedIn(before), lockedIn(after)]
  const changed = [...old.checksums].filter(([key, sum]) => (now.checksums.get(key) ?? sum) !== sum)
  const foreign = old.hosts.size === 0 ? [] : [...now.hosts].filter((host) => !old.hosts.has(host))
  return [
    ...changed.map(([key]) => refuse(file, `It changes the checksum of ${key}.`)),
    ...foreign.map((host) => refuse(file, `It takes packages from ${host}.`)),
  ]
}

interface Locked {
  /** "node_modules/a 1.2.0" → its checksum. */
  readonly checksums: ReadonlyMap<string, string>
  readonly hosts: ReadonlySet<string>
}

/** Reads npm, pnpm and yarn alike: a heading, then perhaps a version, an address and a checksum, line by line. */
function lockedIn(text: string): Locked {
  const checksums = new Map<string, string>()
  const hosts = new Set<string>()
  let heading = ''
  let version = ''
  for (const line of text.split('\n').map((one) => one.slice(0, 2000))) {
    const name = headings.exec(line)?.[1]
    if (name !== undefined) [heading, version] = [name, '']
    version = versions.exec(line)?.[1] ?? version
    const checksum = integrity.exec(line)?.[1]
    if (checksum !== undefined) checksums.set(`${heading} ${version}`.trim(), checksum)
    const host = address.exec(line)?.[1]
    if (host !== undefined) hosts.add(host)
  }
  return { checksums, hosts }
}

const headings = /^\s*["']?([^"'\s{][^"'{]*)["']?:\s*\{?\s*$/
const versions = /^\s*"?version"?:?\s+"?([^\s",]+)/
const integrity = /\bintegrity"?:?\s+"?(sha\d+-[\w+/=]+)/
const address = /\b(?:resolved|tarball)"?:?\s+"?https?:\/\/([^/\s"]+)/

function refuse({ path }: ChangedFile, what: string): Refusal {
  return { rule: 'dependency-source', file: path, line: null, what }
}

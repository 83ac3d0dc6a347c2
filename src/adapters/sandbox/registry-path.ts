/** What a registry request asks for. Everything else is refused. */
export type RegistryPath =
  | { readonly kind: 'metadata'; readonly name: string; readonly version: string | null }
  | { readonly kind: 'tarball'; readonly name: string; readonly file: string }

const name = String.raw`(?:@[a-z0-9~_-][a-z0-9._~-]*(?:\/|%2f))?[a-z0-9~_][a-z0-9._~-]*`
const metadata = new RegExp(`^/(${name})(?:/([a-z0-9][a-z0-9.+~_-]*))?$`, 'i')
// A lockfile may name a registry with a path of its own in front, and some repeat the scope before the file.
const tarball = new RegExp(
  String.raw`^/(?:[a-z0-9._~-]+/)*?(${name})/-/(?:@[a-z0-9._~-]+/)?([a-z0-9_][a-z0-9.+~_-]*\.tgz)$`,
  'i',
)

/**
 * Reads the path of a request for a package or its tarball; null for anything else: search, audit, publish, another
 * path, a query, an encoded character other than the slash after a scope.
 */
export function readRegistryPath(path: string): RegistryPath | null {
  if (path.length > 512 || path.split('/').some((part) => part === '.' || part === '..'))
    return null
  const file = tarball.exec(path)
  if (file !== null) return { kind: 'tarball', name: plain(file[1]), file: file[2] ?? '' }
  const page = metadata.exec(path)
  if (page === null) return null
  return { kind: 'metadata', name: plain(page[1]), version: page[2] ?? null }
}

/** The path under which an npm registry answers. */
export function registryPath(asked: RegistryPath): string {
  switch (asked.kind) {
    case 'tarball':
      return `/${asked.name}/-/${asked.file}`
    case 'metadata':
      return `/${asked.name.replace('/', '%2f')}${asked.version === null ? '' : `/${asked.version}`}`
  }
}

function plain(matched: string | undefined): string {
  return (matched ?? '').replace(/%2f/i, '/')
}

import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { NoRepository } from '#ports/repositories.ts'

/** Where commits come from: a repository on this machine, or a server. */
export interface Origin {
  readonly kind: 'path' | 'url'
  /** The top of the checkout, or the URL without credentials. */
  readonly address: string
  readonly protocol: 'file' | 'https' | 'http' | 'ssh'
  readonly name: string
}

/** Reads what the user named. Throws `NoRepository` when it is neither a repository here nor a URL we would fetch. */
export function originOf(named: string): Origin {
  if (named === '' || named.startsWith('-') || /\p{Cc}/u.test(named)) {
    throw new NoRepository('This is not the name of a repository.')
  }
  if (named.startsWith('file://')) return localOrigin(fileURLToPath(named))
  if (existsSync(named)) return localOrigin(named)
  if (named.includes('://')) return urlOrigin(named)
  if (secureCopy.test(named))
    return { kind: 'url', address: named, protocol: 'ssh', name: nameOf(named) }
  throw new NoRepository(`There is no repository at ${named}.`)
}

const secureCopy = /^[\w.]+@[\w][\w.-]*:(?!-)[\w./~-]+$/

function localOrigin(path: string): Origin {
  const top = topOf(realpathSync(path))
  if (top === null) throw new NoRepository(`${path} is not inside a git repository.`)
  return { kind: 'path', address: top, protocol: 'file', name: nameOf(top) }
}

/** Looks instead of asking git: `core.worktree` in a planted configuration could send us to another directory. */
function topOf(path: string): string | null {
  const bare = ['HEAD', 'objects', 'refs'].every((part) => existsSync(join(path, part)))
  if (bare || existsSync(join(path, '.git'))) return path
  const parent = dirname(path)
  return parent === path ? null : topOf(parent)
}

function urlOrigin(named: string): Origin {
  const url = URL.canParse(named) ? new URL(named) : null
  const protocol = url?.protocol.slice(0, -1)
  if (url === null || !isSpoken(protocol) || url.hostname.startsWith('-')) {
    throw new NoRepository('Only https and ssh URLs are fetched.')
  }
  if (protocol === 'http' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new NoRepository('Only https and ssh URLs are fetched.')
  }
  url.password = ''
  // With https a user name is as good as a token; with ssh it is only a login.
  if (protocol !== 'ssh') url.username = ''
  url.search = ''
  url.hash = ''
  return { kind: 'url', address: url.href, protocol, name: nameOf(url.pathname) }
}

function isSpoken(protocol: string | undefined): protocol is 'https' | 'http' | 'ssh' {
  return protocol === 'https' || protocol === 'http' || protocol === 'ssh'
}

function nameOf(address: string): string {
  const name = basename(address)
    .replace(/\.git$/, '')
    .replaceAll(/[^\w.-]/g, '-')
  return name.replace(/^[.-]+/, '') || 'repository'
}

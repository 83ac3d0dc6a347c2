/** `name@version`-like keys of a lockfile with the content they promise, whichever manager wrote it. */
function promises(lockfile: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let key = ''
  for (const line of lockfile.split('\n')) {
    const promised = contentIn(line)
    const inOneLine = bunLine.exec(line)
    if (inOneLine) found.set(inOneLine[1] ?? '', inOneLine[2] ?? '')
    else if (promised !== null) found.set(key, promised)
    else key = keyAt(line, key)
  }
  return found
}

/** Bun says everything about a package in one line: `"left": ["left@1.0.0", "", {}, "sha512-…"],`. */
const bunLine = /^ +"[^"]+": \["([^"]+)", .*"(sha\d+-[\w+/=]+)"\],?$/

/** The hash behind `integrity` (npm, pnpm, classic yarn) or `checksum` (modern yarn). */
function contentIn(line: string): string | null {
  const integrity = /\bintegrity"?:? "?(sha\d+-[\w+/=]+)/.exec(line)?.[1]
  return integrity ?? /^ +checksum: (?:\w+\/)?([\da-f]{64,})$/.exec(line)?.[1] ?? null
}

/** The head of an entry, and the version that stands below it. */
function keyAt(line: string, key: string): string {
  const head = /^ {0,4}["']?([^\s"'].*?)["']?: ?\{?$/.exec(line)?.[1]
  if (head !== undefined) return head
  const version = /^ +"?version"?:? "?([^\s",]+)/.exec(line)?.[1]
  return version === undefined ? key : `${key.split(' version ', 1)[0] ?? ''} version ${version}`
}

/**
 * Whether the new lockfile promises another content for something the old one already named: that is what a tampered
 * package looks like, so it is never written (fixers.md A7, 40).
 */
export function changesIntegrity(before: string, after: string): boolean {
  const old = promises(before)
  return [...promises(after)].some(([key, integrity]) => {
    const known = old.get(key)
    return known !== undefined && known !== integrity
  })
}

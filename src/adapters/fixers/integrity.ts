/** `name@version`-like keys of a lockfile with the integrity they promise, whichever manager wrote it. */
function promises(lockfile: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let key = ''
  let version = ''
  for (const line of lockfile.split('\n')) {
    const integrity = /\bintegrity"?:? "?(sha\d+-[\w+/=]+)/.exec(line)?.[1]
    const head = /^ {0,4}["']?([^\s"'].*?)["']?: ?\{?$/.exec(line)?.[1]
    const said = /^ +"?version"?:? "?([^\s",]+)/.exec(line)?.[1]
    if (head !== undefined && integrity === undefined) key = head
    if (head !== undefined) version = ''
    if (said !== undefined) version = said
    if (integrity !== undefined) found.set(`${key} ${version}`, integrity)
  }
  return found
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

import { registryUrl } from '../sandbox/registry.ts'

const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m

/** Whether a merge left its marks in a file. */
export function isConflicted(text: string): boolean {
  return conflict.test(text)
}

const publicRegistry = 'https://registry.npmjs.org/'

/**
 * A lockfile written inside the sandbox names the sandbox's registry; here it names the one the repository used before,
 * or the public one, which bun leaves out.
 */
export function withOwnRegistry(written: string, before: string): string {
  const address = /(https?:\/\/[^\s"',]{1,200}?\/)(?:@[^/\s"']{1,100}\/)?[^/\s"']{1,100}\/-\//.exec(
    before,
  )
  const known = address?.[1] ?? publicRegistry
  const own = known.startsWith(registryUrl) ? publicRegistry : known
  const text = written.replaceAll(registryUrl, own)
  return text.replaceAll(
    /^( +"[^"]+": \["[^"]+", )"https:\/\/registry\.npmjs\.org\/[^"]*"/gm,
    '$1""',
  )
}

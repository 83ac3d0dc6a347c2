import { posix } from 'node:path'

/**
 * A shell prefix that finds programs where a package manager would: in the `node_modules/.bin` of the directory and of
 * every one above it, up to the root of the workspace. The shell stands in the directory.
 */
export function programPath(directory: string): string {
  const depth = posix
    .normalize(directory)
    .split('/')
    .filter((name) => name !== '.' && name !== '')
  const up = [0, ...depth.map((_, at) => at + 1)].map((levels) => '../'.repeat(levels))
  const places = up.map((prefix) => `"$PWD"/${prefix}node_modules/.bin`)
  return `PATH=${places.join(':')}:"$PATH"`
}

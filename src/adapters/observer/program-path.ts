import { posix } from 'node:path'

/**
 * A shell prefix that finds programs where a package manager would: in the `node_modules/.bin` of the directory and of
 * every one above it, up to the root of the workspace. The shell stands in the directory.
 */
export function programPath(directory: string): string {
  return `PATH=${programFolders(directory)}:"$PATH"`
}

/**
 * A line for a shell that stands in the directory: what the machine does not have is looked for among the dependencies. A
 * workflow has its programs from elsewhere too (`setup-biome`), and the repository's own version comes nearest to that.
 */
export function installedLast(directory: string): string {
  return `PATH="$PATH":${programFolders(directory)}`
}

function programFolders(directory: string): string {
  const depth = posix
    .normalize(directory)
    .split('/')
    .filter((name) => name !== '.' && name !== '')
  const up = [0, ...depth.map((_, at) => at + 1)].map((levels) => '../'.repeat(levels))
  return up.map((prefix) => `"$PWD"/${prefix}node_modules/.bin`).join(':')
}

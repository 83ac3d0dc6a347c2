import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** The machine's own git settings stay out. */
export const gitEnvironment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: join(import.meta.dirname, 'gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
}

export class GitRefused extends Error {
  readonly code: number
  readonly output: string
  constructor(code: number, output: string, message: string) {
    super(message)
    this.code = code
    this.output = output
  }
}

interface Options {
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

/** What git printed, as text. Rejects with `GitRefused` where git ends with another code than 0. */
export async function git(
  directory: string,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  return (await gitBytes(directory, args, options)).toString('utf8')
}

/** One line of git's, without its end. */
export async function gitLine(
  directory: string,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  return (await git(directory, args, options)).trim()
}

export function gitBytes(
  directory: string,
  args: readonly string[],
  options: Options = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['-C', directory, ...args],
      {
        encoding: 'buffer',
        maxBuffer: 256 * 1024 * 1024,
        env: { ...gitEnvironment, ...options.env },
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout)
        const code = typeof error.code === 'number' ? error.code : -1
        return reject(
          new GitRefused(code, String(stdout), `git ${args.join(' ')}: ${String(stderr)}`),
        )
      },
    )
    // A git that ends before it has read everything is judged by its exit code.
    child.stdin?.on('error', () => {})
    child.stdin?.end(options.input ?? '')
  })
}

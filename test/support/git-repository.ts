import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real repository in a temporary directory, for tests. */
export interface GitRepository {
  readonly directory: string
  git(...args: readonly string[]): string
  write(path: string, content: string, mode?: number): void
  link(path: string, target: string): void
  commit(message: string): string
}

/** Everything temporary of one test: a home for us and repositories for the user. */
export interface GitPlace {
  readonly top: string
  readonly home: string
  repository(name: string): GitRepository
  remove(): void
}

export function gitPlace(): GitPlace {
  const top = mkdtempSync(join(tmpdir(), 'goalkeeper-git-'))
  chmodSync(top, 0o755)
  return {
    top,
    home: join(top, 'home'),
    repository: (name) => newRepository(join(top, name)),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

/** A repository object for a directory that already is a checkout. */
export function repositoryAt(directory: string): GitRepository {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: directory, encoding: 'utf8', env, stdio: 'pipe' })
  return {
    directory,
    git,
    write(path, content, mode = 0o644) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), content)
      chmodSync(join(directory, path), mode)
    },
    link(path, target) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      symlinkSync(target, join(directory, path))
    },
    commit(message) {
      git('add', '--all', '--force')
      git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD').trim()
    },
  }
}

function newRepository(directory: string): GitRepository {
  mkdirSync(directory, { recursive: true })
  const repository = repositoryAt(directory)
  repository.git('init', '--quiet', '--initial-branch=main')
  return repository
}

const env = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A Person',
  GIT_AUTHOR_EMAIL: 'person@example.com',
  GIT_COMMITTER_NAME: 'A Person',
  GIT_COMMITTER_EMAIL: 'person@example.com',
  GIT_ALLOW_PROTOCOL: 'file',
}

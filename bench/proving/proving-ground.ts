import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Change, Files } from '../injections/site.ts'
import type { Commands } from './repositories.ts'
import { git, run } from './shell.ts'

/** A real checkout of a bundled repository in which trees are laid out and judged by the repository's own commands. */
export class ProvingGround {
  readonly folder: string
  readonly #commands: Commands
  #installed = ''

  constructor(folder: string, commands: Commands) {
    this.folder = folder
    this.#commands = commands
  }

  async begin(files: Files): Promise<string> {
    if (!existsSync(join(this.folder, '.git'))) {
      mkdirSync(this.folder, { recursive: true })
      await git(this.folder, 'init', '-q', '-b', 'main')
    }
    const content = createHash('sha256')
      .update(JSON.stringify([...files]))
      .digest('hex')
    const message = `the green base ${content}`
    const known = await git(this.folder, 'rev-list', '--all', `--grep=${message}`)
    const first = known.split('\n').find((sha) => sha !== '')
    if (first) return first
    for (const [path, text] of files) this.#write({ path, text })
    return this.#commit(message)
  }

  /** Lays changes onto a commit and answers the new one. */
  async commitOn(
    sha: string,
    changes: readonly Change[],
    { message, format }: { message: string; format: boolean },
  ): Promise<string> {
    await this.layOut(sha)
    for (const change of changes) this.#write(change)
    const paths = changes
      .filter(({ path, text }) => text !== null && /\.[jt]s$/.test(path))
      .map(({ path }) => path)
    const [program, ...words] = this.#commands.format
    if (format && paths.length > 0) await run([program, ...words, ...paths], this.folder)
    return this.#commit(message)
  }

  async layOut(sha: string): Promise<void> {
    await git(this.folder, 'checkout', '-q', '--force', '--detach', sha)
    await git(this.folder, 'clean', '-fdq')
  }

  /** The name of the first red check of a commit; null when all are green. `skip` names checks to leave out. */
  async firstRed(sha: string): Promise<{ check: string; output: string } | null> {
    await this.layOut(sha)
    const install = await this.#install()
    if (install) return { check: 'install', output: install }
    for (const [check, command] of Object.entries(this.#commands.checks)) {
      const { ok, output } = await run(command, this.folder)
      if (!ok) return { check, output }
    }
    return null
  }

  /** Lays the held-out tests into the commit's tree and runs them; answers what failed, null when nothing did. */
  async heldOut(sha: string, tests: Files): Promise<string | null> {
    await this.layOut(sha)
    for (const [path, text] of tests) this.#write({ path, text })
    const { ok, output } = await run(this.#commands.heldOut, this.folder)
    await this.layOut(sha)
    return ok ? null : output
  }

  /** Installs again when a manifest or a lock is not the one that was installed; answers why it failed. */
  async #install(): Promise<string | null> {
    const wanted = this.#fingerprint()
    if (wanted === this.#installed) return null
    this.#installed = ''
    const { ok, output } = await run(this.#commands.install, this.folder)
    if (!ok) return output
    this.#installed = wanted
    return null
  }

  #fingerprint(): string {
    const paths = globSync(
      ['package.json', 'packages/*/package.json', 'package-lock.json', 'pnpm-lock.yaml'],
      { cwd: this.folder },
    )
    const hash = createHash('sha256')
    for (const path of paths.toSorted())
      hash.update(path).update(readFileSync(join(this.folder, path)))
    return hash.digest('hex')
  }

  #write({ path, text }: Change): void {
    const file = join(this.folder, path)
    if (text === null) rmSync(file)
    else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }

  async #commit(message: string): Promise<string> {
    await git(this.folder, 'add', '-A')
    await git(this.folder, 'commit', '-q', '--no-verify', '--allow-empty', '-m', message)
    return git(this.folder, 'rev-parse', 'HEAD')
  }
}

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'

import { openDatabase } from '#adapters/postgres/database.ts'

interface Opened {
  readonly url: string
  close(): Promise<void>
}

const systemBinaries = ['15', '16', '17', '18']
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((directory) => existsSync(join(directory, 'initdb')))

/** The databases that are there on this machine: ours always, a server where one is named or can be started. */
export const databases: readonly (readonly [string, () => Promise<Opened>])[] = [
  ['the embedded database', embedded],
  ...serverOf(process.env['TEST_DATABASE_URL']),
]

function serverOf(url: string | undefined): readonly (readonly [string, () => Promise<Opened>])[] {
  const server = 'a server named by its URL'
  if (url) return [[server, () => named(url)]]
  return systemBinaries ? [[server, () => system(systemBinaries)]] : []
}

async function embedded(): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-database-'))
  const database = await openDatabase({ databaseUrl: null, directory })
  return {
    url: database.url,
    async close() {
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function named(url: string): Promise<Opened> {
  const database = await openDatabase({ databaseUrl: url, directory: '' })
  return { url: database.url, close: () => database.stop() }
}

/** A cluster of our own from the machine's programs, on a Unix socket in a temporary directory. */
async function system(binaries: string): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-server-'))
  const data = join(directory, 'data')
  mkdirSync(data, { mode: 0o700 })
  const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (account.uid !== undefined) {
    await Promise.all([
      chown(directory, account.uid, account.gid),
      chown(data, account.uid, account.gid),
    ])
  }
  const run = (program: string, args: readonly string[]) =>
    execa(join(binaries, program), ['-D', data, ...args], { ...account, cwd: '/', stdio: 'ignore' })
  await run('initdb', ['-U', 'goalkeeper', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  const settings = `-c listen_addresses= -c unix_socket_directories=${directory} -c fsync=off`
  await run('pg_ctl', ['-w', '-l', join(directory, 'log'), '-o', settings, 'start'])
  const host = encodeURIComponent(directory)
  const url = `postgresql://goalkeeper@localhost/postgres?host=${host}`
  const opened = await named(url)
  return {
    url,
    async close() {
      await opened.close()
      await run('pg_ctl', ['-w', '-m', 'immediate', 'stop'])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

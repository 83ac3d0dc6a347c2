import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'

import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'

import { databaseOn, type Server } from './stand-by-databases.ts'

interface Started {
  readonly server: Server
  stop(): Promise<void>
}

const systemBinaries = ['15', '16', '17', '18']
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((directory) => existsSync(join(directory, 'initdb')))

const byUrl = 'a server named by its URL'

const nothing = (): Promise<void> => Promise.resolve()

function named(url: string | undefined): readonly Promise<Started>[] {
  if (url) return [Promise.resolve({ server: { name: byUrl, url, template: null }, stop: nothing })]
  return systemBinaries ? [system(systemBinaries)] : []
}

async function embedded(): Promise<Started> {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-database-'))
  const database = await openDatabase({ databaseUrl: null, directory })
  return {
    server: await withTemplate('the embedded database', database.url),
    async stop() {
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A cluster of our own from the machine's programs, on a Unix socket in a temporary directory. */
async function system(binaries: string): Promise<Started> {
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
  return {
    server: await withTemplate(byUrl, `postgresql://goalkeeper@localhost/postgres?host=${host}`),
    async stop() {
      await run('pg_ctl', ['-w', '-m', 'immediate', 'stop'])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const template = 'migrated'

/** Migrates once what every test then copies. */
async function withTemplate(name: string, url: string): Promise<Server> {
  const server = openPool(url, 1)
  await server.query(`CREATE DATABASE ${template}`)
  await server.end()
  const pool = openPool(databaseOn(url, template), 4)
  await openRunStore(pool)
  await pool.end()
  return { name, url, template }
}

// A process of its own: all servers of this machine stand by until its standard input ends. Ours always, and one that
// is named by its URL or started.
const started = await Promise.all([embedded(), ...named(process.env['TEST_DATABASE_URL'])])
process.stdout.write(`${JSON.stringify(started.map(({ server }) => server))}\n`)
process.stdin.resume()
process.stdin.on('end', () => void Promise.all(started.map((one) => one.stop())))

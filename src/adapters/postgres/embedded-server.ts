import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, chmod, chown, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'

import { withProcessLock } from '../system/process-lock.ts'
import { answers } from './answers.ts'
import { clientsIn } from './clients.ts'
import { isOpenToAll, postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'

export interface EmbeddedServer {
  readonly url: string
  /** Starts the server again when it is gone; used after its crash. */
  revive(): Promise<void>
  /** Leaves; the last process to leave stops the server. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; this is nobody on Linux and exists in no user's files. */
const nobody = { uid: 65534, gid: 65534 }

/** The longest path a Unix socket may have (sun_path is 108 bytes with its end). */
const longestSocketPath = 107

interface Place {
  readonly home: string
  readonly sockets: string
  readonly account: { readonly uid: number; readonly gid: number } | Record<string, never>
}

/**
 * PostgreSQL of our own under `directory`, on a Unix socket only, shared by all processes that name the same directory.
 * It outlives a killed process and is used again by the next one.
 */
export async function startEmbeddedServer(directory: string): Promise<EmbeddedServer> {
  const place = await placeFor(resolve(directory))
  const binaries = await inTurn(place, () => postgresBinaries(place.home, 'uid' in place.account))
  const clients = clientsIn(join(place.home, 'clients'), randomUUID().slice(0, 8))
  const url = `postgresql://goalkeeper@localhost/postgres?host=${encodeURIComponent(place.sockets)}`
  const revive = () => inTurn(place, () => ensureRunning(place, binaries, url))
  await inTurn(place, async () => {
    await ensureRunning(place, binaries, url)
    await clients.enter()
  })
  return {
    url,
    revive,
    stop: () =>
      inTurn(place, async () => {
        if (!(await clients.leave())) return
        await stopServer(place, binaries)
        await rm(place.sockets, { recursive: true, force: true })
      }),
  }
}

async function placeFor(directory: string): Promise<Place> {
  const asRoot = process.getuid?.() === 0
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  // A home below /root is closed to nobody: the database then lives where services keep theirs.
  const home =
    asRoot && !(await letsNobodyPass(directory))
      ? `/var/lib/goalkeeper/${digest}`
      : join(directory, 'postgres')
  await mkdir(home, { recursive: true, mode: 0o755 })
  const account = asRoot ? nobody : {}
  const short = join(home, 'socket')
  const fits = Buffer.byteLength(join(short, '.s.PGSQL.5432')) <= longestSocketPath
  const sockets = fits ? short : join(tmpdir(), `goalkeeper-${digest}`)
  return { home, sockets, account }
}

/** The directory itself is ours: nobody's group may pass through it, and still nobody else. */
async function letsNobodyPass(directory: string): Promise<boolean> {
  if (!isOpenToAll(dirname(directory))) return false
  await mkdir(directory, { recursive: true, mode: 0o711 })
  if (isOpenToAll(directory)) return true
  await chown(directory, 0, nobody.gid)
  await chmod(directory, 0o710)
  return true
}

function inTurn<T>({ home }: Place, work: () => Promise<T>): Promise<T> {
  return withProcessLock(join(home, 'lock'), work)
}

/** Half a minute: on a busy machine the processes of a killed server take seconds to go. */
const startAttempts = 100

/** Where no server was killed, patience does not help. */
const freshAttempts = 3

async function ensureRunning(place: Place, binaries: PostgresBinaries, url: string): Promise<void> {
  if (await answers(url)) return
  await makeSocketDirectory(place)
  const data = await initialised(place, binaries)
  const log = join(place.home, 'cluster', 'postgres.log')
  // Right after a crash the old process may still be on its way out and hold the directory.
  for (let attempt = 1; attempt <= startAttempts; attempt += 1) {
    const start = ['-D', data, '-l', log, '-w', '-t', '60', 'start']
    await execa(binaries.pgCtl, start, {
      ...options(place, binaries),
      stdio: 'ignore',
      reject: false,
    })
    if (await answers(url)) return
    if (attempt >= freshAttempts && !existsSync(join(data, 'postmaster.pid'))) break
    await sleep(300)
  }
  throw new Error(`PostgreSQL did not start, see ${log}`)
}

async function makeSocketDirectory({ sockets, account }: Place): Promise<void> {
  await mkdir(sockets, { recursive: true, mode: 0o700 })
  await chmod(sockets, 0o700)
  if ('uid' in account) await chown(sockets, account.uid, account.gid)
}

/** The data directory; made whole or not at all, so that a crash in the middle leaves nothing half made. */
async function initialised(place: Place, binaries: PostgresBinaries): Promise<string> {
  const cluster = join(place.home, 'cluster')
  const data = join(cluster, 'data')
  if (existsSync(data)) return data
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  if ('uid' in place.account) await chown(cluster, nobody.uid, nobody.gid)
  const unfinished = join(cluster, 'unfinished')
  await rm(unfinished, { recursive: true, force: true })
  const locale = ['-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions']
  await execa(
    binaries.initdb,
    ['-D', unfinished, '-U', 'goalkeeper', ...locale],
    options(place, binaries),
  )
  await appendFile(join(unfinished, 'postgresql.conf'), settings(place.sockets))
  await rename(unfinished, data)
  return data
}

function settings(sockets: string): string {
  return [
    '',
    "listen_addresses = ''",
    `unix_socket_directories = '${sockets.replaceAll("'", "''")}'`,
    'unix_socket_permissions = 0700',
    'max_connections = 100',
    'shared_buffers = 32MB',
    'max_wal_size = 256MB',
    'max_logical_replication_workers = 0',
    '',
  ].join('\n')
}

async function stopServer(place: Place, binaries: PostgresBinaries): Promise<void> {
  const data = join(place.home, 'cluster', 'data')
  const stop = ['-D', data, '-m', 'fast', '-w', '-t', '30', 'stop']
  await execa(binaries.pgCtl, stop, { ...options(place, binaries), stdio: 'ignore', reject: false })
}

function options(place: Place, binaries: PostgresBinaries) {
  const common = { cwd: '/', env: binaries.env, extendEnv: false } as const
  return { ...common, ...place.account }
}

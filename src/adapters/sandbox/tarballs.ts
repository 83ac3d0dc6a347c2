import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

import { ownMark } from '../system/processes.ts'

const mebibyte = 1024 * 1024

const tarballLimits = {
  /** One tarball as it is sent. */
  packed: 256 * mebibyte,
  /** One tarball unpacked; smaller ones than `unchecked` cannot get far beyond it. */
  unpacked: 1024 * mebibyte,
  unchecked: 256 * 1024,
}
export type TarballLimits = typeof tarballLimits

/** A tarball that is too large, packed or unpacked. */
class TarballTooLarge extends Error {
  override readonly name = 'TarballTooLarge'
}

/** Tarballs never change once published, so each is loaded once. Who reads them checks their integrity. */
export interface TarballCache {
  /** The file that holds the tarball of this address, loaded by `load` when it is not there yet. */
  file(address: string, load: () => Promise<Readable>): Promise<string>
}

export function createTarballCache(
  folder: string,
  limits: TarballLimits = tarballLimits,
): TarballCache {
  mkdirSync(folder, { recursive: true })
  const loading = new Map<string, Promise<string>>()
  return {
    async file(address, load) {
      const path = join(folder, `${createHash('sha256').update(address).digest('hex')}.tgz`)
      if (existsSync(path)) return path
      const pending = loading.get(path) ?? store(path, load, limits)
      loading.set(path, pending)
      try {
        return await pending
      } finally {
        loading.delete(path)
      }
    },
  }
}

async function store(
  path: string,
  load: () => Promise<Readable>,
  limits: TarballLimits,
): Promise<string> {
  const partial = `${path}.${ownMark}.partial`
  try {
    await pipeline(await load(), atMost(limits.packed), createWriteStream(partial))
    if (statSync(partial).size > limits.unchecked) await checkUnpacked(partial, limits.unpacked)
    renameSync(partial, path)
    return path
  } finally {
    rmSync(partial, { force: true })
  }
}

async function checkUnpacked(path: string, bytes: number): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  await pipeline(createReadStream(path), createGunzip(), atMost(bytes), nowhere)
}

/** Lets so many bytes pass and fails on the next. */
export function atMost(bytes: number): Transform {
  return spending({ left: bytes })
}

/** The same, from a budget that several streams share. */
export function spending(budget: { left: number }): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length
      if (budget.left < 0) done(new TarballTooLarge('It is larger than what may be loaded.'))
      else done(null, chunk)
    },
  })
}

import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isMarkAlive } from '../system/processes.ts'
import { sweepToolboxes } from './toolbox-claims.ts'

/** Removes what processes of ours that were killed left below the home and below /tmp; never what a living one uses. */
export function sweepLeftovers(home: string): void {
  const runs = join(home, 'runs')
  remove(runs, (name) => isDead(name.split('-')[0]))
  for (const place of ['modules', 'managers']) remove(join(home, place), isAbandoned)
  remove(join(home, 'tarballs'), (name) => isDead(/\.([\d.]+)\.partial$/.exec(name)?.[1]))
  sweepToolboxes(join(home, 'toolbox'), Date.now())
  remove(tmpdir(), (name, path) => isDead(ours.exec(name)?.[1]) && isMine(path))
}

/** What is named after the process that made it. */
const ours = /^goalkeeper-(?:registry|canary|rehearsal|model)-([\d.]+)-/

function isDead(mark: string | undefined): boolean {
  return mark !== undefined && !isMarkAlive(mark)
}

/** Anybody may put a directory by our names below /tmp; only what belongs to us is touched. */
function isMine(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && stat.uid === process.getuid?.()
}

/** Half-made installations without anybody who makes them, and what somebody waited for a lock with. */
function isAbandoned(name: string, path: string): boolean {
  if (!name.endsWith('.partial')) return isDead(/\.lock\.([\d.]+)-\d+$/.exec(name)?.[1])
  return isDead(ownerOf(path.replace(/partial$/, 'lock'))) && isOld(path)
}

/** The next one to make it may just have taken the lock. */
const graceMs = 60_000

function isOld(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > graceMs
}

/** The mark of the process that holds a lock; one that is not there has a dead owner. */
function ownerOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}

function remove(folder: string, isLeft: (name: string, path: string) => boolean): void {
  for (const name of names(folder)) {
    const path = join(folder, name)
    if (isLeft(name, path)) rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

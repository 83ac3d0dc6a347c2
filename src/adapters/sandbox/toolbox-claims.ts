import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { isMarkAlive, ownMark } from '../system/processes.ts'

/** Two versions side by side, or a person who tries an older one, do not fill a toolbox each time. */
const keptMs = 86_400_000

/** A claim is a file beside the toolbox: `<toolbox>.<process>.claim`; its age tells of the last start. */
const claim = /^([\da-f]+)\.([\d.]+)\.claim$/

/** Says that this process uses a toolbox, before it looks whether it is there. */
export function claimToolbox(shelf: string, toolbox: string): void {
  mkdirSync(shelf, { recursive: true })
  writeFileSync(join(shelf, `${toolbox}.${ownMark}.claim`), '')
  for (const name of readdirSync(shelf)) {
    const [, of, mark = ''] = claim.exec(name) ?? []
    // Ours is younger than what dead ones claimed.
    if (of === toolbox && !isMarkAlive(mark)) rmSync(join(shelf, name), { force: true })
  }
}

/** Removes what no living process claims and none has claimed for a day: a toolbox is about 150 MB. */
export function sweepToolboxes(shelf: string, now: number): void {
  for (const name of readdirSync(shelf)) {
    if (isLeft(shelf, name, now)) removeFrom(shelf, name)
    if (/^[\da-f]+$/.test(name) && !isClaimed(shelf, name, now)) takeAway(shelf, name, now)
  }
}

/** A half-filled toolbox of a process that died, or a claim that no longer counts. */
function isLeft(shelf: string, name: string, now: number): boolean {
  const half = /\.([\d.]+)\.partial$/.exec(name)?.[1]
  if (half !== undefined) return !isMarkAlive(half)
  const [, , mark] = claim.exec(name) ?? []
  return mark !== undefined && !counts(join(shelf, name), mark, now)
}

function counts(path: string, mark: string, now: number): boolean {
  const time = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return isMarkAlive(mark) || now - time < keptMs
}

function isClaimed(shelf: string, toolbox: string, now: number): boolean {
  return readdirSync(shelf).some((name) => {
    const [, of, mark = ''] = claim.exec(name) ?? []
    return of === toolbox && counts(join(shelf, name), mark, now)
  })
}

/** Aside first: whoever claimed it between our look and our move gets it back. */
function takeAway(shelf: string, toolbox: string, now: number): void {
  const aside = `${toolbox}.${ownMark}.partial`
  try {
    renameSync(join(shelf, toolbox), join(shelf, aside))
    if (isClaimed(shelf, toolbox, now)) renameSync(join(shelf, aside), join(shelf, toolbox))
  } catch {
    // Another process was faster, in taking it away or in filling it again.
  }
  removeFrom(shelf, aside)
}

function removeFrom(shelf: string, name: string): void {
  rmSync(join(shelf, name), { recursive: true, force: true, maxRetries: 3 })
}

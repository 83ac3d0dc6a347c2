import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { inject } from 'vitest'

/** A home of its own in the temporary directory, like the one that was lived in. */
export function newHome(prefix: string): string {
  const home = mkdtempSync(join(tmpdir(), prefix))
  furnish(home)
  return home
}

/** Filling a toolbox and making a database takes seconds of two cores; stories about something else begin after it. */
export function furnish(home: string): void {
  const before = join(inject('home'), 'lived-in')
  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o711)
  symlinkSync(join(before, 'toolbox'), join(home, 'toolbox'))
  const file = 'postgres/cluster/data/postgresql.conf'
  const settings = existsSync(join(before, file)) ? readFileSync(join(before, file), 'utf8') : ''
  // Where the temporary directory has a long name the socket is elsewhere: such a home makes its own database.
  if (!settings.includes(before)) return
  mkdirSync(join(home, 'postgres'))
  execFileSync('cp', ['-a', join(before, 'postgres/cluster'), join(home, 'postgres/cluster')])
  writeFileSync(join(home, file), settings.replaceAll(before, home))
}

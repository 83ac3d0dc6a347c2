import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ownMark } from '../system/processes.ts'
import { insideUid } from './bubblewrap.ts'

/** A program of ours, run once outside on files of ours: what Node compiled for it is kept. */
export interface Rehearsal {
  /** Relative to the extra's folder. */
  readonly program: string
  readonly stdin: string
  readonly files: Readonly<Record<string, string>>
}

/** Where the compiled code lies inside. Node reads it wherever the folder was moved. */
export const compiledCode = {
  NODE_COMPILE_CACHE: '/opt/toolbox/compiled',
  NODE_COMPILE_CACHE_PORTABLE: '1',
}

/** Compiling TypeScript takes longer than most questions that are asked of it: it is compiled once per toolbox. */
export function rehearse(
  toolbox: string,
  name: string,
  { program, stdin, files }: Rehearsal,
): void {
  const stage = mkdtempSync(join(tmpdir(), `goalkeeper-rehearsal-${ownMark}-`))
  const compiled = join(toolbox, 'compiled')
  mkdirSync(compiled, { recursive: true })
  try {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(stage, path), text)
    const script = join(toolbox, name, program)
    // Without it everything works as before, only later.
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      cwd: stage,
      input: stdin,
      env: { ...compiledCode, NODE_COMPILE_CACHE: compiled },
    })
    forInside(compiled)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** Node keeps the compiled code of each user apart; inside, the user is another one. */
function forInside(compiled: string): void {
  for (const name of readdirSync(compiled)) {
    const known = name.replace(/-\d+$/, `-${insideUid}`)
    if (known !== name) renameSync(join(compiled, name), join(compiled, known))
  }
}

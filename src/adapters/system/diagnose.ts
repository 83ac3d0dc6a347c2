import { access, constants, glob, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'

/** The first line a program prints for these arguments, or null when it is not there. */
export async function versionOf(program: string, args: readonly string[]): Promise<string | null> {
  const { stdout, exitCode } = await execa(program, [...args], { reject: false, timeout: 10_000 })
  return exitCode === 0 ? (stdout.split('\n')[0] ?? '') : null
}

/** Whether a directory can be made and written; the reason when not. */
export async function whyNotWritable(directory: string): Promise<string | null> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** How many programs are three levels below a folder, where commands that deploy are; null when it cannot be read. */
export async function programsBelow(folder: string): Promise<number | null> {
  try {
    await readdir(folder)
    const mayRun: Promise<void>[] = []
    for await (const path of glob('*/*/*', { cwd: folder }))
      mayRun.push(access(join(folder, path), constants.X_OK))
    return (await Promise.allSettled(mayRun)).filter(({ status }) => status === 'fulfilled').length
  } catch {
    return null
  }
}

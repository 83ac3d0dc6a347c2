import { access, constants, mkdir } from 'node:fs/promises'

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

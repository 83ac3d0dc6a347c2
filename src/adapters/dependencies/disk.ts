import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const everyMs = 2000

/** Aborts its signal when a directory grows beyond so many bytes. */
export function watchDisk(
  directory: string,
  bytes: number,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController()
  const look = async (): Promise<void> => {
    if ((await sizeOf(directory)) > bytes) controller.abort()
  }
  const timer = setInterval(() => void look(), everyMs)
  return { signal: controller.signal, stop: () => clearInterval(timer) }
}

async function sizeOf(directory: string): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('du', ['-s', '--block-size=1', directory])
    return Number.parseInt(stdout, 10)
  } catch {
    // Files come and go while it counts.
    return 0
  }
}

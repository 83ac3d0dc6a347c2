import { Worker } from 'node:worker_threads'

/**
 * Ends this process once it used so much processor time, in milliseconds. TypeScript 6.0.3 goes round for ever in some
 * CommonJS files, e.g. dotenv's `lib/main.js`, and asks nobody meanwhile whether to go on.
 */
export function endAfter(processorMs: number): void {
  const watch = `
    const before = process.cpuUsage()
    setInterval(() => {
      const { user, system } = process.cpuUsage(before)
      if ((user + system) / 1000 > ${processorMs}) process.kill(process.pid, 'SIGKILL')
    }, 200)`
  new Worker(watch, { eval: true }).unref()
}

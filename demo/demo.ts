import { parseArgs } from 'node:util'

import { exitCodes } from '../src/cli-settings.ts'
import * as words from './words.ts'

/** `npm run demo`: what a red push becomes, with everything real. */
process.exitCode = await demo()

async function demo(): Promise<number> {
  const options = asked()
  if (options === null || options.help) {
    process.stdout.write(`${words.usage}\n`)
    return options === null ? exitCodes.usage : exitCodes.green
  }
  const isWatched = process.stdout.isTTY && process.env['CI'] === undefined
  try {
    if (options.local) return await (await import('./local.ts')).localDemo()
    if (options['self-test']) return await (await import('./self-test.ts')).selfTest()
    const { hostedDemo } = await import('./hosted.ts')
    return await hostedDemo({ keep: options.keep || isWatched })
  } catch (error) {
    process.stderr.write(`${said(error)}\n`)
    return exitCodes.machine
  }
}

function asked() {
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({ options: { keep: flag, local: flag, help: flag, 'self-test': flag } }).values
  } catch {
    return null
  }
}

function said(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
    return words.withoutDevelopment
  return words.failed(error instanceof Error ? error.message : String(error))
}

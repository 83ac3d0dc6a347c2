import { readFileSync } from 'node:fs'

import { verify } from '#adapters/audit/chain.ts'
import { chainAfter, exportAudit } from '#adapters/audit/export.ts'
import { systemClock } from '#adapters/system/world.ts'
import { auditWords } from '#messages/audit.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

/** Exports the audit log as JSON lines. Answers the exit code. */
export function auditCommand(since: string | null): Promise<number> {
  const from = since === null ? null : new Date(since)
  if (from !== null && Number.isNaN(from.getTime()))
    return Promise.resolve(say(auditWords.badSince(since ?? ''), exitCodes.usage))
  return onRecord(async ({ pool }) => {
    const end = await exportAudit({ pool, since: from, now: systemClock.now(), write: print })
    return say(auditWords.exported(end.entries, end.chain), exitCodes.green)
  })
}

/** Says whether an export is whole, and whether the database still has what is in it. */
export async function verifyAudit(file: string): Promise<number> {
  const verified = verify(readFileSync(file, 'utf8'))
  if (verified.kind === 'no-end') return say(auditWords.noEnd(file), exitCodes.red)
  if (verified.kind === 'changed')
    return say(auditWords.changed(file, verified.line), exitCodes.red)
  const { entries, chain } = verified.end
  say(auditWords.whole(file, entries), exitCodes.green)
  const now = await onRecord(({ pool }) => chainAfter(pool, entries))
  return now === chain
    ? say(auditWords.same, exitCodes.green)
    : say(auditWords.different, exitCodes.red)
}

function print(text: string): void {
  process.stdout.write(text)
}

function say(words: string, code: number): number {
  process.stderr.write(`${words}\n`)
  return code
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { Check } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { LogReader } from '#ports/checks.ts'

import { distinct } from '../tools/found.ts'
import { tools } from '../tools/tools.ts'

/** More than this nobody compares. */
const most = 200

/** Reads what tools print for people; what a machine elsewhere printed is nothing but text to us. */
export const logReader: LogReader = {
  findings: (text, checks, source) => {
    const root = rootIn(text, source)
    const printed = { stdout: text, stderr: '', report: null, end, root }
    const read = checks.flatMap(({ invocations }: Check): readonly Finding[] =>
      invocations.flatMap((each) => tools[each.tool].plain?.(printed, each) ?? []),
    )
    return distinct(read).slice(0, most)
  },
}

const end = { kind: 'exited', exitCode: 1 } as const

/** Where the repository lay on that machine: what stands before a path that is here as well. */
function rootIn(text: string, source: string): string | null {
  for (const [path] of text.matchAll(/(?<![\w./:-])\/[\w.@+/-]{3,400}/g)) {
    const parts = path.split('/')
    for (let at = 2; at < parts.length; at += 1)
      if (existsSync(join(source, ...parts.slice(at)))) return parts.slice(0, at).join('/')
  }
  return null
}

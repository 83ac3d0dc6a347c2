import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'

import { rerunsFor } from './flake.ts'

/** Whether another run of the same tree could say something else: assertions and time-outs can, a missing module cannot. */
export function mayBeFlaky({ findings }: Evidence): boolean {
  if (findings.length === 0) return true
  return findings.some((finding) => dependsOnChance(finding) && !failsToLoad(finding))
}

/** A lockfile that does not fit its manifest never will; only the way to the registry may be better the next time. */
function dependsOnChance({ tool, rule }: Finding): boolean {
  return tool === 'install' ? unreachable.test(rule ?? '') : rerunsFor([tool]) > 1
}

const unreachable = /^E(?:AI_AGAIN|CONN\w+|NETUNREACH|NOTFOUND|SOCKET\w*|TIMEDOUT)$/

/** A test that never came to say anything: a module or a name that is not there. */
export function failsToLoad({ message }: Finding): boolean {
  return loading.test(message)
}

const loading =
  /cannot find (?:module|package)|failed to (?:resolve|load)|does not provide an export|is not exported|is not defined|is not a (?:function|constructor)|SyntaxError|ERR_MODULE_NOT_FOUND/i

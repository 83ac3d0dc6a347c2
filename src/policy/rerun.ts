import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'

import { rerunsFor } from './flake.ts'

/** Whether another run of the same tree could say something else: assertions and time-outs can, a missing module cannot. */
export function mayBeFlaky({ findings }: Evidence): boolean {
  if (findings.length === 0) return true
  return findings.some((finding) => dependsOnChance(finding) && !failsToLoad(finding))
}

function dependsOnChance({ tool }: Finding): boolean {
  return rerunsFor([tool]) > 1
}

function failsToLoad({ message }: Finding): boolean {
  return loading.test(message)
}

const loading =
  /cannot find (?:module|package)|failed to (?:resolve|load)|does not provide an export|is not exported|is not defined|is not a (?:function|constructor)|SyntaxError|ERR_MODULE_NOT_FOUND/i

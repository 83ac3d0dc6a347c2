import type { Check } from '#domain/check.ts'
import { isGreen } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import { findingsOf, redBefore } from '#policy/compare.ts'
import { isScript } from '#policy/paths.ts'
import { isFormatOnly } from '#policy/syntax.ts'
import type { Checks } from '#ports/checks.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { type Proved, provedBy } from './proved-by.ts'

interface Ports {
  readonly checks: Pick<Checks, 'relatedTo'>
  readonly observer: Pick<Observer, 'observe'>
}

interface Fixed {
  readonly workspace: Workspace
  readonly patch: Patch
  readonly beside: readonly Check[]
  /** Opened only when something is red that the head did not show; null where there is no base. */
  readonly base: () => Promise<Workspace | null>
}

/**
 * Runs what nobody asked about on the fixed tree: type checks, and the tests that reach what was changed (S2-08). Only
 * what is red there is run on the head too, and on the base where the head was red by something else. A change of the
 * formatting alone changes no program.
 */
export async function proveBeside(
  { checks, observer }: Ports,
  { workspace, patch, beside, base }: Fixed,
): Promise<readonly Proved[]> {
  const changed = patch.filter(
    ({ path, content }) =>
      !isFormatOnly({ path, before: workspace.read(path, []), after: content }),
  )
  const paths = changed.map(({ path }) => path)
  // A runner knows no tests that reach a file which is gone, or a manifest.
  const whole = changed.some(({ path, content }) => content === null || !isScript(path))
  const wanted = (changed.length === 0 ? [] : beside).map((each) =>
    whole ? each : checks.relatedTo(each, paths),
  )
  const prove = async (check: Check): Promise<Proved> => {
    const after = await observer.observe(workspace, check, patch)
    if (isGreen(after)) return provedBy({ check, before: null, after })
    const before = await observer.observe(workspace, check, [])
    const proved = provedBy({ check, before, after })
    if (proved.kind === 'holds' || isGreen(before)) return proved
    const known = await redOnBase(check)
    return known === null ? proved : provedBy({ check, before, after, known })
  }
  const redOnBase = async (check: Check): Promise<readonly Finding[] | null> => {
    const on = await base()
    if (on === null) return null
    const hidden = [...findingsOf(check.name, await observer.observe(on, check, []))]
    return redBefore({ preExisting: [], hidden }, patch)
  }
  const proofs: Proved[] = []
  for (let at = 0; at < wanted.length; at += atOnce)
    proofs.push(...(await Promise.all(wanted.slice(at, at + atOnce).map(prove))))
  return proofs
}

/** The types and the tests, say: a third would only take the processor from them. */
const atOnce = 2

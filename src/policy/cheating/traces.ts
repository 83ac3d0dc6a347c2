import type { Place, Syntax } from '../syntax.ts'
import { lineAt } from '../syntax.ts'
import { assertionsIn } from './assertions.ts'
import { emptyClaim } from './constants.ts'
import { exit, mock, stub } from './escapes.ts'
import { holderOf, nameOf } from './names.ts'
import { skippedTest } from './skips.ts'
import { suppressionIn } from './suppressions.ts'
import { swallowedError } from './swallowed.ts'
import type { Detector, Sign, Trace, Traces } from './trace.ts'
import { nonNull, typeHole } from './type-holes.ts'
import { widenedWait } from './waits.ts'

/** Everything that looks at one place at a time. */
const detectors: readonly Detector[] = [
  skippedTest,
  typeHole,
  nonNull,
  swallowedError,
  widenedWait,
  exit,
  mock,
  stub,
]

export function tracesIn(scripts: readonly Syntax[]): Traces {
  const named = scripts.flatMap(({ places }) => places.filter(({ node }) => nameOf(node) !== null))
  return {
    traces: scripts.flatMap((syntax) => [
      ...placeTraces(syntax),
      ...commentTraces(syntax),
      ...claimTraces(syntax),
    ]),
    holders: new Set(named.map(holderOf)),
  }
}

function placeTraces(syntax: Syntax): readonly Trace[] {
  return syntax.places.flatMap((place) =>
    detectors.flatMap((detect) => {
      const sign = detect(place, syntax)
      return sign === null ? [] : [traceAt(sign, place, syntax)]
    }),
  )
}

function commentTraces(syntax: Syntax): readonly Trace[] {
  return syntax.comments.flatMap((comment) => {
    const sign = suppressionIn(comment)
    if (sign === null) return []
    const line = lineAt(syntax.text, comment.start)
    return [{ ...sign, holder: holderAt(comment.start, syntax), file: syntax.path, line }]
  })
}

function claimTraces(syntax: Syntax): readonly Trace[] {
  return assertionsIn(syntax).flatMap((assertion) => {
    const sign = emptyClaim(assertion)
    const holder = assertion.tests.map(({ start }) => holderAt(start + 1, syntax)).join(' › ')
    return sign === null ? [] : [{ ...sign, holder, file: syntax.path, line: assertion.line }]
  })
}

function traceAt(sign: Sign, place: Place, syntax: Syntax): Trace {
  const line = lineAt(syntax.text, place.node.start)
  return { ...sign, holder: holderOf(place), file: syntax.path, line }
}

/** The innermost named thing around an offset. */
function holderAt(offset: number, { places }: Syntax): string {
  const inside = places.findLast(({ node }) => node.start <= offset && offset < node.end)
  return inside === undefined ? '' : holderOf(inside)
}

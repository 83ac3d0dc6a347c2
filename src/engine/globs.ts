/**
 * False only when no file can match both globs. When in doubt, true: waiting is safe, disturbing is not (K38).
 * Case is ignored, because some disks ignore it; a glob without wildcards may name a folder.
 */
export function overlaps(one: string, other: string): boolean {
  return segmentsOverlap(segmentsOf(one), segmentsOf(other))
}

/** Braces, lists, groups, negation and escapes: from the first on, anything may match. */
const beyondUs = /[{}()[\]!+@\\]|^\.\.$/

function segmentsOf(glob: string): readonly string[] {
  const segments = glob
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
  const doubtful = segments.findIndex((segment) => beyondUs.test(segment))
  // A `**` at the end also stands for the files of a folder that was named without wildcards.
  return [...(doubtful === -1 ? segments : segments.slice(0, doubtful)), '**']
}

function segmentsOverlap(one: readonly string[], other: readonly string[]): boolean {
  const [first, ...rest] = one
  const [second, ...others] = other
  if (first === undefined) return other.every((segment) => segment === '**')
  if (second === undefined) return one.every((segment) => segment === '**')
  if (isDeep(first)) return segmentsOverlap(rest, other) || segmentsOverlap(one, others)
  if (isDeep(second)) return segmentsOverlap(other, one)
  return segmentOverlaps(first, second) && segmentsOverlap(rest, others)
}

function isDeep(segment: string): boolean {
  return segment.includes('**')
}

/** Compares what stands before the first and after the last wildcard, which no wildcard can change. */
function segmentOverlaps(one: string, other: string): boolean {
  if (!/[*?]/.test(one) && !/[*?]/.test(other)) return one === other
  const [start, otherStart] = [beforeWildcard(one), beforeWildcard(other)]
  const [end, otherEnd] = [afterWildcard(one), afterWildcard(other)]
  return (
    (start.startsWith(otherStart) || otherStart.startsWith(start)) &&
    (end.endsWith(otherEnd) || otherEnd.endsWith(end))
  )
}

function beforeWildcard(segment: string): string {
  return segment.replace(/[*?].*$/s, '')
}

function afterWildcard(segment: string): string {
  return segment.replace(/^.*[*?]/s, '')
}

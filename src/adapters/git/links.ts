/** A symbolic link of a commit: where it stands and what it points to, both with forward slashes. */
export type Links = ReadonlyMap<string, string>

/**
 * Whether following the link at `path` stays inside the tree, links on the way included: `y/../x` is judged by
 * where `y` really leads. Loops and chains of more than 40 links count as leaving.
 */
export function staysInside(path: string, links: Links): boolean {
  return walk(path.split('/'), [], { links, left: 40 }) !== null
}

interface Way {
  readonly links: Links
  left: number
}

/** The real place of `parts` below `from`, or null when it leaves the tree. */
function walk(
  parts: readonly string[],
  from: readonly string[],
  way: Way,
): readonly string[] | null {
  let here: readonly string[] | null = from
  for (const part of parts) {
    if (here === null) return null
    here = step(part, here, way)
  }
  return here
}

function step(part: string, here: readonly string[], way: Way): readonly string[] | null {
  if (part === '' || part === '.') return here
  if (part === '..') return here.length === 0 ? null : here.slice(0, -1)
  const next = [...here, part]
  const target = way.links.get(next.join('/'))
  if (target === undefined) return next
  way.left -= 1
  if (way.left < 0 || target.startsWith('/') || target.includes('\0')) return null
  return walk(target.split('/'), here, way)
}

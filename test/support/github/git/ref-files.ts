import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * What a full ref (or HEAD) points at, read from git's own files: asked some hundred times in a story, where each start of
 * git would cost as much as the answer of a request. null if there is no such ref.
 */
export async function refInFiles(directory: string, ref: string): Promise<string | null> {
  if (!isRef(ref)) return null
  const loose = (await textOf(join(directory, ref)))?.trim() ?? ''
  if (loose.startsWith('ref: ')) return await refInFiles(directory, loose.slice('ref: '.length))
  if (loose !== '') return loose
  return (await packedIn(directory)).get(ref) ?? null
}

/** All refs below a prefix, by their full names; a loose one is newer than a packed one. */
export async function refsInFiles(
  directory: string,
  prefix: string,
): Promise<readonly (readonly [string, string])[]> {
  const packed = [...(await packedIn(directory))].filter(([ref]) => ref.startsWith(`${prefix}/`))
  const refs = new Set(packed.map(([ref]) => ref))
  for (const entry of await entriesOf(join(directory, prefix))) {
    const isLock = entry.name.endsWith('.lock')
    if (entry.isFile() && !isLock) refs.add(relative(directory, join(entry.parentPath, entry.name)))
  }
  const found = await Promise.all(
    [...refs].toSorted().map(async (ref) => [ref, await refInFiles(directory, ref)] as const),
  )
  return found.flatMap(([ref, id]) => (id === null ? [] : [[ref, id] as const]))
}

async function packedIn(directory: string): Promise<ReadonlyMap<string, string>> {
  const text = (await textOf(join(directory, 'packed-refs'))) ?? ''
  const lines = text.split('\n').filter((line) => /^[0-9a-f]{40} /.test(line))
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]))
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true, recursive: true })
  } catch {
    return []
  }
}

function isRef(name: string): boolean {
  return name === 'HEAD' || (/^refs\/[^\\:?*~^\s]+$/.test(name) && !name.includes('..'))
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // No such file, or a folder of refs.
    return null
  }
}

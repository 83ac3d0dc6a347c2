import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What a full ref (or HEAD) points at, read from git's own files: asked some hundred times in a story, where each start of
 * git would cost as much as the answer of a request. null if there is no such ref.
 */
export async function refInFiles(directory: string, ref: string): Promise<string | null> {
  if (!isRef(ref)) return null
  const loose = (await textOf(join(directory, ref)))?.trim() ?? ''
  if (loose.startsWith('ref: ')) return await refInFiles(directory, loose.slice('ref: '.length))
  if (loose !== '') return loose
  const packed = await textOf(join(directory, 'packed-refs'))
  const line = packed?.split('\n').find((each) => each.endsWith(` ${ref}`))
  return line?.slice(0, line.indexOf(' ')) ?? null
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

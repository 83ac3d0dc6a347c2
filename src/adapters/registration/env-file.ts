import { randomUUID } from 'node:crypto'
import { access, constants, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseEnv } from 'node:util'

/** The name of a variable that has a value in the file already; null when all of them may be added. */
export async function heldBy(file: string, names: readonly string[]): Promise<string | null> {
  const held = parseEnv(await textOf(file))
  return names.find((name) => (held[name] ?? '').trim() !== '') ?? null
}

/** Whether the file can be written, seen before there is anything to write. */
export async function isWritable(file: string): Promise<boolean> {
  return access(dirname(await whereItIs(file)), constants.W_OK).then(
    () => true,
    () => false,
  )
}

/** Adds variables at the end of a file, whole or not at all; afterwards only its owner may read it. */
export async function addToEnvFile(
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const place = await whereItIs(file)
  const before = await textOf(place)
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}\n`)
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  const beside = `${place}.${randomUUID()}`
  try {
    await writeFile(beside, `${before}${gap}${lines.join('')}`, { mode: 0o600, flag: 'wx' })
    await rename(beside, place)
  } finally {
    await rm(beside, { force: true })
  }
}

/** One line: Node reads \n between double quotes as the end of a line. */
function quoted(value: string): string {
  if (/["\\\r]/.test(value)) throw new Error('A value has a mark that cannot be kept in a file.')
  return `"${value.replaceAll('\n', String.raw`\n`)}"`
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
}

/** What a link leads to is written, not the link. */
async function whereItIs(file: string): Promise<string> {
  return realpath(file).catch(() => file)
}

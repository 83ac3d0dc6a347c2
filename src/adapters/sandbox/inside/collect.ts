import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  writeSync,
} from 'node:fs'

// Runs inside the sandbox after the command: prints the text files it created, changed or deleted as JSON.
// Nothing here is trusted outside; the host judges every path and counts every byte again.

const now = '/w'
const source = '/run/source'
const patch = '/run/patch'
/** When the workspace was filled, in milliseconds. */
const filled = Number(process.argv[2]) * 1000 - 50
const skipped = new Set(['node_modules', '.git'])

function filesBelow(root: string, below = ''): string[] {
  const entries = readdirSync(`${root}/${below}`, { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (skipped.has(entry.name.toLowerCase())) return []
    if (entry.isDirectory()) return filesBelow(root, path)
    return entry.isFile() ? [path] : []
  })
}

function list(root: string): string[] {
  try {
    return filesBelow(root)
  } catch {
    return []
  }
}

const deleted = new Set(read(`${patch}/deleted`)?.toString('utf8').split('\0') ?? [])
const patched = new Set(list(`${patch}/files`))

/** Where the text a file had before the command lies; null when it did not exist. */
function original(path: string): string | null {
  if (patched.has(path)) return `${patch}/files/${path}`
  return deleted.has(path) ? null : `${source}/${path}`
}

function read(path: string): Buffer | null {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      return fstatSync(file).isFile() ? readFileSync(file) : null
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

/** Nobody can set the time of a file's last change. Its clock ticks every few milliseconds, so we look a little back. */
function untouched(path: string): boolean {
  return lstatSync(path).ctimeMs < filled
}

function text(bytes: Buffer): string | null {
  const content = bytes.toString('utf8')
  return content.includes('\0') || !Buffer.from(content).equals(bytes) ? null : content
}

function change(path: string): { path: string; content: string } | null {
  const before = original(path)
  if (before !== null && untouched(`${now}/${path}`)) return null
  const bytes = read(`${now}/${path}`)
  if (bytes === null || (before !== null && read(before)?.equals(bytes))) return null
  const content = text(bytes)
  return content === null ? null : { path, content }
}

const present = list(now)
const left = new Set(present)
const changed = present.map(change).filter((edit) => edit !== null)
const gone = [...new Set([...list(source), ...patched])]
  .filter((path) => original(path) !== null && !left.has(path))
  .map((path) => ({ path, content: null }))

const answer = Buffer.from(JSON.stringify([...changed, ...gone]))
for (let sent = 0; sent < answer.length;) sent += writeSync(1, answer, sent)

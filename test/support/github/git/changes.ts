import { lasting } from './lasting.ts'

export interface ChangedFile {
  readonly path: string
  readonly previous: string | null
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  /** The blob's id; of what was removed: its last one. */
  readonly sha: string
  readonly additions: number
  readonly deletions: number
  /** null for binary files. */
  readonly patch: string | null
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** What changed between two commits (null: nothing was there), file by file. */
export async function changesBetween(
  directory: string,
  from: string | null,
  to: string,
): Promise<readonly ChangedFile[]> {
  const range = [from ?? emptyTree, to]
  const raw = await lasting(directory, ['diff', '--raw', '--no-abbrev', '-z', '-M'], ...range)
  const patches = patchesOf(await lasting(directory, ['diff', '-M', '--no-color'], ...range))
  return entriesOf(raw).map((entry, index) => ({ ...entry, ...(patches[index] ?? nothing) }))
}

type Counted = Pick<ChangedFile, 'additions' | 'deletions' | 'patch'>

const nothing: Counted = { additions: 0, deletions: 0, patch: null }

function entriesOf(raw: string): Omit<ChangedFile, keyof Counted>[] {
  const parts = raw.split('\0').filter(Boolean)
  const entries = []
  while (parts.length > 0) {
    const [facts = '', first = '', second = ''] = parts
    const renamed = facts.split(' ').at(-1)?.startsWith('R') === true
    parts.splice(0, renamed ? 3 : 2)
    const paths = renamed ? { path: second, previous: first } : { path: first, previous: null }
    entries.push({ ...paths, ...factsOf(facts) })
  }
  return entries
}

/** `:<modes> <old blob> <new blob> <letter>` */
function factsOf(text: string): Pick<ChangedFile, 'status' | 'sha'> {
  const [, , old = '', young = '', letter = ''] = text.split(' ')
  const status = statuses[letter.slice(0, 1)] ?? 'modified'
  return { status, sha: status === 'removed' ? old : young }
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  R: 'renamed',
}

/** GitHub shows of a file's patch its hunks alone. */
function patchesOf(text: string): Counted[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m)
      if (start < 0) return nothing
      const patch = part.slice(start).replace(/\n$/, '')
      const lines = patch.split('\n')
      const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length
      return { additions: count('+'), deletions: count('-'), patch }
    })
}

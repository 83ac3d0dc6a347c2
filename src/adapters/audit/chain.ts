import { createHash } from 'node:crypto'

import { z } from 'zod'

/** One entry of the audit log as it is exported: `chain` is over it and all before it. */
const entryLine = z.strictObject({
  kind: z.literal('entry'),
  sequence: z.number().int(),
  run: z.string().nullable(),
  key: z.string(),
  type: z.string(),
  at: z.string(),
  data: z.unknown(),
  chain: z.string(),
})
export type Unchained = Omit<z.infer<typeof entryLine>, 'chain' | 'kind'>

/** The last line: how many entries and lines there are, and what all lines before it hash to. */
const endLine = z.strictObject({
  kind: z.literal('end'),
  version: z.literal(1),
  at: z.string(),
  entries: z.number().int(),
  lines: z.number().int(),
  chain: z.string(),
  digest: z.string(),
})
export type EndLine = z.infer<typeof endLine>

/** What stands before the first entry. */
export const genesis = '0'.repeat(64)

export function chained(before: string, entry: Unchained): string {
  const { sequence, run, key, type, at, data } = entry
  const said = JSON.stringify([sequence, run, key, type, at, data])
  return createHash('sha256').update(before).update(said).digest('hex')
}

/** Lines as they are written, and the line that ends them. */
export class Ledger {
  private readonly digest = createHash('sha256')
  private lines = 0
  private entries = 0
  private chain = genesis

  /** An entry; `isTold` false: it is older than what was asked for, and only in the chain. */
  entry(entry: Unchained, isTold: boolean): string {
    this.chain = chained(this.chain, entry)
    this.entries += 1
    return isTold ? this.line({ kind: 'entry', ...entry, chain: this.chain }) : ''
  }

  line(of: object): string {
    const text = `${JSON.stringify(of)}\n`
    this.digest.update(text)
    this.lines += 1
    return text
  }

  end(at: string): EndLine {
    const { entries, lines, chain } = this
    return { kind: 'end', version: 1, at, entries, lines, chain, digest: this.digest.digest('hex') }
  }
}

export type Verified =
  | { readonly kind: 'whole'; readonly end: EndLine }
  | { readonly kind: 'changed'; readonly line: number }
  | { readonly kind: 'no-end' }

/** Whether an exported file is as it was written: each entry follows from the one before, and nothing is gone. */
export function verify(text: string): Verified {
  const lines = text.split('\n').filter((line) => line !== '')
  const end = endLine.safeParse(parsed(lines.at(-1) ?? ''))
  if (!end.success) return { kind: 'no-end' }
  const told = lines.slice(0, -1)
  let before: string | null = null
  for (const [index, line] of told.entries()) {
    const entry = entryLine.safeParse(parsed(line))
    if (!entry.success) continue
    const { chain, kind: _, ...rest } = entry.data
    // What came before the first one that is told is not in the file.
    if (before !== null && chained(before, rest) !== chain)
      return { kind: 'changed', line: index + 1 }
    before = chain
  }
  const digest = createHash('sha256')
  for (const line of told) digest.update(`${line}\n`)
  const isWhole = digest.digest('hex') === end.data.digest && told.length === end.data.lines
  return isWhole ? { kind: 'whole', end: end.data } : { kind: 'changed', line: lines.length }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

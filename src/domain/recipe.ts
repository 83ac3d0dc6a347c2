/** A rewrite that a human merged once: a rule in the language of ast-grep, with its `fix`. */
export interface Recipe {
  /** Its file below the folder of recipes. */
  readonly name: string
  /** YAML as it stands there. */
  readonly rule: string
}

/** The smallest piece of syntax that an edit changed, as it was and as it is. */
export interface ModelEdit {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** One that people merged and did not take back. */
export interface AcceptedEdit extends ModelEdit {
  /** The pull request that brought it. */
  readonly number: number
}

/** A place that a recipe rewrites, and with what. Lines count from 1. */
export interface Rewrite {
  readonly path: string
  readonly fromLine: number
  readonly toLine: number
  /** In bytes. */
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Last first, so that the offsets of the others stay true; what holds another one is left as it is. */
export function rewritten(before: string, rewrites: readonly Rewrite[]): string {
  let bytes = new TextEncoder().encode(before)
  let from = bytes.length
  for (const { start, end, text } of rewrites.toSorted((a, b) => b.start - a.start)) {
    if (end > from) continue
    const parts = [bytes.subarray(0, start), new TextEncoder().encode(text), bytes.subarray(end)]
    bytes = Uint8Array.from(parts.flatMap((part) => [...part]))
    from = start
  }
  return new TextDecoder().decode(bytes)
}

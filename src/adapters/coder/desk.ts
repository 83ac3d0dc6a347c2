import { combine, type Patch } from '#domain/patch.ts'
import type { CoderContext } from '#ports/coder.ts'

import { isShort, replaceOnce } from './exact-edit.ts'
import { hitsIn, isIn, most, numbered, shown } from './shown.ts'

/** What a coder has before it: the files with its own edits on top. All that it is told is a text. */
export class Desk {
  /** How many edits were refused because of where they were. */
  outside = 0
  readonly #context: CoderContext
  #edits: Patch = []

  constructor(context: CoderContext) {
    this.#context = context
  }

  /** What differs from the files as they were. */
  edits(): Patch {
    const { workspace, patch } = this.#context
    return this.#edits.filter(({ path, content }) => workspace.read(path, patch) !== content)
  }

  list(folder: string): string {
    return shown(
      this.#files()
        .filter((path) => isIn(path, folder))
        .toSorted(),
      most.files,
    )
  }

  read(path: string, from: number): string {
    const text = this.#text(path)
    return text === null ? `There is no file ${path}.` : numbered(text, from)
  }

  search(text: string): string {
    const wanted = text.toLowerCase()
    const hits = this.#files().flatMap((path) => hitsIn(path, this.#text(path), wanted))
    return hits.length === 0 ? 'Nothing was found.' : shown(hits, most.hits)
  }

  replace(path: string, search: string, by: string): string {
    const text = this.#text(path)
    if (text === null) return `There is no file ${path}.`
    const done = replaceOnce(text, search, by)
    return done.kind === 'replaced' ? this.#put(path, done.text) : `Refused: ${done.because}`
  }

  write(path: string, content: string): string {
    if (isShort(this.#text(path))) return this.#put(path, content)
    return 'Refused: The file is long. Use replace on the lines that change.'
  }

  async check(name: string): Promise<string> {
    const { checks } = this.#context
    const check = checks.find((one) => one.name === name)
    if (check === undefined)
      return `There is no check of that name. There is: ${checks.map((one) => one.name).join(', ')}`
    const { end, findings, outputTail } = await this.#context.observe(check, this.#now())
    const ended = end.kind === 'exited' ? `exit code ${end.exitCode}` : `stopped by ${end.by}`
    const lines = findings.map(({ file, line, message }) => `${file}:${line} ${message}`)
    return [ended, shown(lines, most.findings), outputTail.slice(-most.output)].join('\n')
  }

  #now(): Patch {
    return combine(this.#context.patch, this.#edits)
  }

  #files(): readonly string[] {
    return this.#context.workspace.files(this.#now())
  }

  #text(path: string): string | null {
    return this.#context.workspace.read(path, this.#now())
  }

  /** Judged before it is written, and said to be: what may not be touched stays as it is. */
  #put(path: string, content: string): string {
    const because = this.#context.refusal(path)
    if (because !== null) {
      this.outside += 1
      return `Refused: ${because}`
    }
    this.#edits = combine(this.#edits, [{ path, content }])
    return `Written: ${path}`
  }
}

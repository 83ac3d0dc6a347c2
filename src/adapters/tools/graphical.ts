import { linesOf } from './plain-text.ts'

/** One diagnostic of the frame that oxlint and oxfmt draw: `x rule(name): message`, then `,-[file:line:column]`. */
export interface Framed {
  readonly severity: 'error' | 'warning'
  readonly text: string
  readonly path: string
  readonly line: number
  readonly column: number
}

interface Open {
  readonly severity: Framed['severity']
  readonly text: string
}

/** Reads the frames out of mixed output. A message that was wrapped over lines is joined again. */
export function framed(text: string): readonly Framed[] {
  const frames: Framed[] = []
  const open: Open[] = []
  for (const line of linesOf(text)) {
    const head = /^ {2}([x×!⚠]) (.+)$/.exec(line)
    const place = /^ *(?:,-|╭─)\[(.+):(\d{1,9}):(\d{1,9})\]/.exec(line)
    const last = open.pop()
    if (head) open.push({ severity: isError(head[1]) ? 'error' : 'warning', text: head[2] ?? '' })
    else if (last && place) {
      const [, path = '', row, column] = place
      frames.push({ ...last, path, line: Number(row), column: Number(column) })
    } else if (last && last.text.length < 2000)
      open.push({ ...last, text: `${last.text} ${continued(line)}` })
  }
  return frames
}

function isError(mark: string | undefined): boolean {
  return mark === 'x' || mark === '×'
}

function continued(line: string): string {
  return line.replace(/^ *[|│]? */, '')
}

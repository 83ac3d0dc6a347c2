import { createLogUpdate } from 'log-update'

/** Where a command writes what people read. */
export interface Screen {
  /** Replaces what was shown before by this text, on a terminal. */
  show(text: string): void
  /** One line that stays, for logs. */
  line(text: string): void
  /** Leaves the last text standing and gives the cursor back. */
  close(): void
}

/** Standard error: standard output belongs to the result (`--json`, the report). */
export function openScreen(stream: NodeJS.WriteStream): Screen & { readonly isTerminal: boolean } {
  const update = createLogUpdate(stream)
  return {
    isTerminal: stream.isTTY,
    show: (text) => update(text),
    line: (text) => void stream.write(`${text}\n`),
    close: () => update.done(),
  }
}

import { openScreen } from '#adapters/terminal/screen.ts'
import type { Progress } from '#domain/progress.ts'
import { progressLine, progressTree } from '#messages/progress.ts'
import type { Listener } from '#ports/world.ts'

interface Where {
  readonly stream: NodeJS.WriteStream
  /** Plain lines even on a terminal. */
  readonly plain: boolean
}

/** Tells a run as it goes: the tree of S0-40 that redraws itself on a terminal, plain lines elsewhere. */
export function narrator({ stream, plain }: Where): Listener & { close(): void } {
  const screen = openScreen(stream)
  const told: Progress[] = []
  const moving = screen.isTerminal && !plain
  let open = true
  return {
    tell(_runId, progress) {
      if (!open) return
      told.push(progress)
      if (moving) return screen.show(progressTree(told))
      const line = progressLine(told)
      if (line !== null) screen.line(line)
    },
    close() {
      if (open && moving) screen.close()
      open = false
    },
  }
}

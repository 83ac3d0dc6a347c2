import { openScreen } from '#adapters/terminal/screen.ts'
import type { Progress } from '#domain/progress.ts'
import { progressLine, progressTree } from '#messages/progress.ts'
import type { Listener } from '#ports/world.ts'

interface Where {
  readonly stream: NodeJS.WriteStream
  /** Plain lines even on a terminal. */
  readonly plain: boolean
}

export interface Narrator extends Listener {
  /** From now on only this run: phases of others may be carried out here too. */
  follow(runId: string): void
  close(): void
}

/** Tells a run as it goes: the tree of S0-40 that redraws itself on a terminal, plain lines elsewhere. */
export function narrator({ stream, plain }: Where): Narrator {
  const screen = openScreen(stream)
  const told: Progress[] = []
  const moving = screen.isTerminal && !plain
  let open = true
  let following: string | null = null
  return {
    follow(runId) {
      following = runId
    },
    tell(runId, progress) {
      if (!open || (following !== null && runId !== following)) return
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

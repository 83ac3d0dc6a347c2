import type { Command } from '#domain/command.ts'
import type { Heard } from '#domain/heard.ts'

import { saidIn } from './command.ts'
import { type Delivery, events, ignored } from './delivery.ts'
import { inRepositoryOf } from './payload.ts'

/** Words that somebody wrote, and where. */
export interface Written {
  readonly sent: Parameters<typeof inRepositoryOf>[0]
  readonly body: string
  readonly number: number
  readonly onPull: boolean
  readonly open: boolean
  readonly commentId: number | null
  readonly source: string
  readonly seen: string | null
  readonly at: string | null
  readonly byApp: boolean
}

/** What the words ask for, as our event. */
export function askedBy(written: Written, delivery: Delivery): Heard {
  const { sent, body, number, onPull, open, commentId } = written
  const said = saidIn(body)
  const asking = { ...inRepositoryOf(sent, delivery), number, onPull, commentId }
  switch (said.kind) {
    case 'nothing':
      return ignored('not-asked')
    case 'mistake':
      return events({ kind: 'command-mistaken', ...asking, mistake: said.mistake })
    case 'command':
      // A fix is asked for in the conversation, where its answer goes.
      if (said.command.verb === 'auto-fix')
        return commentId === null
          ? ignored('not-asked')
          : events({ kind: 'fix-asked', by: 'comment', open, ...asking })
      return events({ kind: 'command-given', ...asking, ...placeOf(written, said.command) })
    default:
      return said satisfies never
  }
}

interface Changed extends Pick<Written, 'sent' | 'source'> {
  readonly how: 'edited' | 'deleted' | 'dismissed'
}

/** Words are not what they were: that may only take back what they asked for. */
export function changedWords({ sent, source, how }: Changed, delivery: Delivery): Heard {
  return events({ kind: 'words-changed', ...inRepositoryOf(sent, delivery), source, how })
}

function placeOf({ source, seen, at, byApp }: Written, command: Command) {
  return { command, source, seen, at, byApp }
}

import { createHash } from 'node:crypto'

import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Patch } from '#domain/patch.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { findingsOf } from './findings.ts'
import { outputTail } from './output-tail.ts'
import { runVerdict } from './verdict.ts'

interface Parts {
  /** What was already observed in this run, by tree and command. */
  readonly memory: Map<string, Promise<Evidence>>
  readonly redact: (text: string) => string
}

/** Of each run the last few count; a service that lives for months forgets the others. */
const remembered = 500

/** Runs a check's own command for the verdict, and reads findings only where it is red. */
export function createObserver({ memory, redact }: Parts): Observer {
  return {
    observe(workspace, check, patch) {
      const key = keyOf(workspace, check, patch)
      const known = memory.get(key) ?? observed(workspace, check, patch)
      memory.delete(key)
      memory.set(key, known)
      for (const oldest of [...memory.keys()].slice(0, -remembered)) memory.delete(oldest)
      void forgetUnfinished(key, known)
      return known
    },
    again: observed,
  }

  async function observed(workspace: Workspace, check: Check, patch: Patch): Promise<Evidence> {
    const printed = await runVerdict(workspace, check, patch)
    const findings = await findingsOf({ workspace, check, patch }, printed)
    return {
      command: check.command,
      end: printed.end,
      durationMs: printed.durationMs,
      outputTail: redact(outputTail(printed)),
      findings: findings.map((each) => ({ ...each, message: redact(each.message) })),
    }
  }

  /** A run that somebody ended early, or that never started, says nothing about the tree. */
  async function forgetUnfinished(key: string, known: Promise<Evidence>): Promise<void> {
    const end = await known.then(
      (evidence) => evidence.end,
      () => null,
    )
    if (end === null || (end.kind === 'stopped' && end.by === 'signal')) memory.delete(key)
  }
}

function keyOf({ source }: Workspace, check: Check, patch: Patch): string {
  const { command, directory, before } = check
  const asked = JSON.stringify([source, command, directory, before, patch])
  return createHash('sha256').update(asked).digest('hex')
}

import { heldWith } from '#domain/event.ts'
import { json } from '#domain/outcome.ts'
import { type Withheld, withheldType } from '#domain/withheld.ts'
import { withheldNote } from '#messages/withheld.ts'
import type { Proposals, ProposalWrites } from '#ports/proposals.ts'
import type { Publishing, Writes } from '#ports/publishing.ts'
import type { ModelEdits } from '#ports/recipes.ts'
import type { StepContext } from '#ports/step.ts'

import type { FactStore } from './record.ts'

interface Ports extends Publishing {
  readonly proposals: Proposals
  readonly edits: ModelEdits
  readonly store: FactStore
}

/** Decided where the run began, and so kept by whoever goes on with it. The command line has modes of its own. */
export function isShadowRun({ event }: Pick<StepContext, 'event'>): boolean {
  return heldWith(event) !== null && !event.publish
}

/**
 * The same ports for one step of a run in shadow mode: all is read and repaired as ever, and what would be written where
 * others see it is written into the record of the run.
 */
export function inShadow<Real extends Ports>(
  ports: Real,
  context: Pick<StepContext, 'runId' | 'step' | 'note'>,
): Real & Ports {
  const writes = writesInShadow(ports, context)
  return {
    ...ports,
    checkRuns: { ...ports.checkRuns, ...writes.checkRuns },
    comments: { ...ports.comments, ...writes.comments },
    notices: writes.notices,
    pullRequests: { ...ports.pullRequests, ...writes.pullRequests },
    repositories: { ...ports.repositories, ...writes.repositories },
    proposals: { ...ports.proposals, ...unremembered },
    edits: { ...ports.edits, keep: nothing },
  }
}

/** What nobody sees is no proposal: it would be counted, watched and found closed. */
const unremembered: ProposalWrites = {
  save: nothing,
  giveUp: nothing,
  merged: nothing,
  takenBack: () => Promise.resolve([]),
}

/** The type asks for a form of everything that others would see. */
function writesInShadow(
  ports: Ports,
  context: Pick<StepContext, 'runId' | 'step' | 'note'>,
): Writes {
  const keep = keeper(ports.store, context)
  return {
    checkRuns: {
      show: (_repository, { headSha, conclusion, title, summary, annotations = [] }) =>
        keep('', {
          kind: 'check-run',
          headSha,
          conclusion,
          title,
          summary,
          annotations: annotations.length,
        }),
    },
    comments: {
      show: (_repository, { issue, marker, body }) =>
        keep(`${issue} ${marker}`, { kind: 'comment', issue, body }),
      acknowledge: (_repository, asked) => keep('', { kind: 'reaction', ...asked }),
    },
    notices: {
      async show(_repository, { marker, title, body, labels, state }) {
        await keep(marker, { kind: 'issue', title, body, labels: [...labels], state })
        return null
      },
    },
    pullRequests: pullRequestsInShadow(keep, context),
    repositories: repositoriesInShadow(ports, keep),
  }
}

type Keep = (key: string, what: Withheld) => Promise<void>

/** A step that runs again keeps the same things under the same keys. */
function keeper(store: FactStore, { runId, step }: Pick<StepContext, 'runId' | 'step'>): Keep {
  return (key, what) =>
    store.append({
      runId,
      key: `${withheldType}/${step}/${what.kind}/${key}`,
      type: withheldType,
      data: json.parse(what),
    })
}

function pullRequestsInShadow(
  keep: Keep,
  { note }: Pick<StepContext, 'note'>,
): Writes['pullRequests'] {
  const change = (
    number: number,
    how: Extract<Withheld, { kind: 'pull-request-change' }>['change'],
  ) => keep(`${how} ${number}`, { kind: 'pull-request-change', number, change: how })
  return {
    async open(_repository, { head, base, title, body, labels }) {
      const of = { head, base, title, body, labels: [...labels] }
      await keep(head, { kind: 'pull-request', ...of })
      note(withheldNote(of))
      return null
    },
    async suggest(_repository, number, { body, comments }) {
      const said = [body, ...comments.map((one) => `${one.path}:${one.to}\n${one.body}`)]
      await keep(`review ${number}`, { kind: 'comment', issue: number, body: said.join('\n\n') })
      return 'suggested'
    },
    advance: (_repository, number) => change(number, 'advance'),
    markReady: (_repository, number) => change(number, 'ready'),
    close: (_repository, { number }) => change(number, 'close'),
    // Nothing was pushed.
    forsake: nothing,
    supersede: (_repository, { number }) => change(number, 'supersede'),
  }
}

/** Commits are written into our own mirror, where the record leads to them. */
function repositoriesInShadow({ repositories }: Ports, keep: Keep): Writes['repositories'] {
  return {
    async commit(commit) {
      const written = await repositories.commit(commit)
      if (written.kind !== 'written') return written
      const { mirror, parent, patch, branch, message } = commit
      const diff = await repositories.diff(mirror, parent, patch)
      const { sha } = written
      await keep(sha, { kind: 'commit', branch, sha, message, diff })
      return written
    },
    async deliver(_mirror, branch) {
      await keep(branch, { kind: 'branch', branch })
      return 'withheld'
    },
  }
}

async function nothing(): Promise<void> {
  // Nothing.
}

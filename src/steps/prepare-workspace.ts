import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import type { Place } from '#domain/place.ts'
import {
  binaryLockfileNote,
  installNote,
  omittedNotes,
  uncommittedNote,
} from '#messages/workspace-notes.ts'
import {
  type Mirror,
  NoRepository,
  type Repositories,
  RepositoryTooLarge,
} from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { laterRoundOf } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'
import { workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly store: FactStore
  readonly repositories: Pick<
    Repositories,
    'mirror' | 'resolve' | 'mergeBase' | 'checkout' | 'omitted' | 'uncommitted'
  >
}

const input = z.strictObject({})

/** Mirrors the repository, lays out the commit to repair, and installs what it depends on. */
export function prepareWorkspace(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'prepare-workspace',
    input,
    outputs: ['place', 'headSha', 'manager'],
    sideEffect: 'none',
    run: (_input, context) => prepare(ports, context).catch(foreseen),
  }
}

async function prepare(ports: Ports, context: StepContext): Promise<Outcome> {
  const { event } = context
  const mirror = await ports.repositories.mirror(event.repository, context.signal)
  const headSha = await ports.repositories.resolve(mirror, event.ref, context.signal)
  if (headSha === null) return { kind: 'failed', reason: 'no-commit', detail: event.ref ?? 'HEAD' }
  const round = laterRoundOf(context)
  const found = await placeOf(ports.repositories, mirror, { headSha, base: event.base })
  // What was there before us stays what it was in the first round.
  const place = round === null ? found : { ...found, baseSha: round.baseSha }
  const { origin, directory } = mirror
  const fact = { origin, mirror: directory, headSha, baseSha: place.baseSha }
  await record(ports.store, { runId: context.runId, key: 'head' }, { kind: 'place', ...fact })
  const [omitted, { installed }] = await Promise.all([
    ports.repositories.omitted(mirror, headSha),
    workspaceAt(ports, { place, sha: headSha }, context),
  ])
  for (const note of omittedNotes(omitted)) context.note(note)
  await tellUncommitted(ports, place, context)
  if (installed.kind === 'installed' && installed.lockfile === 'binary')
    await remark(ports, { key: 'lockfile', text: binaryLockfileNote }, context)
  if (installed.kind === 'failed') context.note(installNote(installed))
  return {
    kind: 'done',
    outputs: { place, headSha, manager: 'manager' in installed ? installed.manager : null },
  }
}

async function tellUncommitted(
  { repositories, store }: Pick<Ports, 'repositories' | 'store'>,
  { mirror, headSha }: Place,
  context: StepContext,
): Promise<void> {
  const paths = await repositories.uncommitted(mirror, headSha, context.runId)
  if (paths.length > 0)
    await remark({ store }, { key: 'uncommitted', text: uncommittedNote(paths) }, context)
}

/** Told below the step and in the report. */
async function remark(
  { store }: Pick<Ports, 'store'>,
  { key, text }: { readonly key: string; readonly text: string },
  { runId, note }: Pick<StepContext, 'runId' | 'note'>,
): Promise<void> {
  note(text)
  await record(store, { runId, key }, { kind: 'remark', text })
}

/** A wrong name is an answer, not an accident to be tried again. */
function foreseen(error: unknown): Outcome {
  if (error instanceof NoRepository)
    return { kind: 'failed', reason: 'no-repository', detail: error.message }
  if (error instanceof RepositoryTooLarge)
    return { kind: 'failed', reason: 'repository-too-large', detail: error.message }
  throw error
}

async function placeOf(
  repositories: Pick<Repositories, 'resolve' | 'mergeBase'>,
  mirror: Mirror,
  { headSha, base }: { headSha: string; base: string | null },
): Promise<Place> {
  const [baseSha, parentSha] = await Promise.all([
    base === null
      ? defaultBaseOf(repositories, mirror, headSha)
      : baseOf(repositories, mirror, { headSha, against: base }),
    repositories.resolve(mirror, `${headSha}^`),
  ])
  return { mirror, headSha, baseSha, parentSha }
}

/**
 * Where the head left the default branch. Work that was committed on that branch itself left it where the server has it:
 * without that, what the server's commit is red in would be taken for this work's.
 */
async function defaultBaseOf(
  repositories: Pick<Repositories, 'resolve' | 'mergeBase'>,
  mirror: Mirror,
  headSha: string,
): Promise<string | null> {
  const { defaultBranch } = mirror
  if (defaultBranch === null) return null
  for (const against of [defaultBranch, `origin/${defaultBranch}`]) {
    const sha = await baseOf(repositories, mirror, { headSha, against })
    if (sha !== null) return sha
  }
  return null
}

/** Where the head left another branch; null where it did not, or there is none. */
async function baseOf(
  repositories: Pick<Repositories, 'resolve' | 'mergeBase'>,
  mirror: Mirror,
  { headSha, against }: { readonly headSha: string; readonly against: string },
): Promise<string | null> {
  const sha = await repositories.resolve(mirror, against)
  if (sha === null || sha === headSha) return null
  const baseSha = await repositories.mergeBase(mirror, sha, headSha)
  return baseSha === headSha ? null : baseSha
}

import { z } from 'zod'

import type { Check } from '#domain/check.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place, type Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import { configurationProblem, noChecksDetail, unreachableNotes } from '#messages/fix-notes.ts'
import type { Checks } from '#ports/checks.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { rulingCommit } from './default-rules.ts'
import { laterRoundOf } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly repositories: Pick<Repositories, 'checkout' | 'read' | 'resolve'>
  readonly checks: Pick<Checks, 'find'>
  readonly store: FactStore
  readonly configurations: ConfigurationReader
}

const input = z.strictObject({ place })
type Input = z.infer<typeof input>

const configurationPath = '.github/goalkeeper.yml'

/** Finds the repository's own checks: asked for, configured, in its workflows, or among its package scripts. */
export function findChecks(ports: Ports): StepKind<Input> {
  return {
    name: 'find-checks',
    input,
    outputs: ['checks', 'beside', 'unreachable', 'configuration'],
    sideEffect: 'none',
    run: (input, context) => find(ports, input, context),
  }
}

async function find(ports: Ports, { place }: Input, context: StepContext): Promise<Outcome> {
  const configured = await configurationOf(ports, place)
  if (configured.kind === 'invalid')
    return {
      kind: 'failed',
      reason: 'configuration-invalid',
      detail: configurationProblem(configurationPath, configured),
    }
  const source = await ports.repositories.checkout(place.mirror, place.headSha, context.runId)
  const { configuration } = configured
  const asked = context.event.checks
  const own = await ports.checks.find(source, configuration, asked)
  const { beside, unreachable } = own
  const round = laterRoundOf(context)
  const more = round === null ? [] : await redInCi(ports, { source, configuration }, round.failed)
  const checks = [...own.checks, ...besidesOf(more, own.checks)]
  for (const note of unreachableNotes(unreachable)) context.note(note)
  for (const { name, because } of unreachable) {
    const fact = { kind: 'unreachable', name, because } as const
    await record(ports.store, { runId: context.runId, key: name }, fact)
  }
  if (checks.length === 0)
    return { kind: 'failed', reason: 'no-checks', detail: noChecksDetail(unreachable) }
  for (const { name } of checks.filter(isOff)) {
    const setAside = { check: name, reason: 'check-off', detail: '', evidence: null } as const
    await record(ports.store, { runId: context.runId, key: name }, { kind: 'set-aside', setAside })
  }
  const active = checks.filter((check) => !isOff(check))
  const outputs = { checks: active, beside: beside.filter((check) => !isOff(check)) }
  return { kind: 'done', outputs: { ...outputs, unreachable: [...unreachable], configuration } }
}

/** What is red on our own pull request counts, also where the configuration lists other checks: the jobs of CI by name. */
async function redInCi(
  { checks }: Ports,
  at: { readonly source: string; readonly configuration: RepositoryConfiguration | null },
  jobs: readonly string[],
): Promise<readonly Check[]> {
  const { source, configuration } = at
  const unlisted = configuration === null ? null : { ...configuration, checks: {} }
  const found = await checks.find(source, unlisted, [])
  return found.checks.filter(({ name }) =>
    jobs.some((job) => name === job || name.startsWith(`${job} / `)),
  )
}

function besidesOf(more: readonly Check[], known: readonly Check[]): readonly Check[] {
  return more.filter(
    ({ command, directory }) =>
      !known.some((one) => one.command === command && one.directory === directory),
  )
}

function isOff({ mode }: Check): boolean {
  return mode === 'off'
}

async function configurationOf(
  ports: Ports,
  place: Place,
): Promise<
  | { kind: 'valid'; configuration: RepositoryConfiguration | null }
  | { kind: 'invalid'; line: number; column: number; problem: string; remedy: string }
> {
  const sha = await rulingCommit(ports, place)
  const { mirror } = place
  const text = sha === null ? null : await ports.repositories.read(mirror, sha, configurationPath)
  return text === null ? { kind: 'valid', configuration: null } : ports.configurations.parse(text)
}

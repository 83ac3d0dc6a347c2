import { z } from 'zod'

import { policyPath } from '#domain/gate.ts'
import type { Outcome } from '#domain/outcome.ts'
import { gatedNote } from '#messages/self-test.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { Stops } from '#ports/restraints.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { selfTestOf } from './self-test-run.ts'

interface Ports {
  readonly stops: Stops
  readonly repositories: Pick<Repositories, 'mirror' | 'resolve' | 'read'>
  readonly configurations: ConfigurationReader
}

const input = z.strictObject({})

/** Where it would begin: not while somebody says stop (I10), and not with an environment that people guard (K31). */
export function beginSelfTest(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'begin-self-test',
    input,
    outputs: ['base'],
    sideEffect: 'none',
    run: (_input, context) => begin(ports, context),
  }
}

async function begin(ports: Ports, context: StepContext): Promise<Outcome> {
  const { repository, environment } = selfTestOf(context)
  const stopped = await ports.stops.of(repository)
  if (stopped !== null) return { kind: 'failed', reason: 'switched-off', detail: stopped }
  const { repositories, configurations } = ports
  const mirror = await repositories.mirror(context.event.repository, context.signal)
  const branch = mirror.defaultBranch
  const base = branch === null ? null : await repositories.resolve(mirror, branch)
  if (base === null)
    return { kind: 'failed', reason: 'no-commit', detail: branch ?? 'the default branch' }
  const text = await repositories.read(mirror, base, policyPath)
  const rules = text === null ? null : configurations.parse(text)
  if (rules?.kind === 'invalid') {
    const detail = `${policyPath}:${rules.line}:${rules.column}: ${rules.problem}`
    return { kind: 'failed', reason: 'configuration-invalid', detail }
  }
  if (rules !== null && Object.hasOwn(rules.configuration.environments, environment))
    return { kind: 'failed', reason: 'gate-closed', detail: gatedNote(environment) }
  return { kind: 'done', outputs: { base } }
}

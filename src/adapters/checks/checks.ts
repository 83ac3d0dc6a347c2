import { detect } from 'package-manager-detector/detect'

import type { Check, CheckMode } from '#domain/check.ts'
import { type ToolId, testRunners } from '#domain/finding.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import type { AskedChecks, Checks, FoundChecks } from '#ports/checks.ts'

import { behind } from './behind.ts'
import { invocationsOf } from './invocations.ts'
import { onceEach } from './once-each.ts'
import { checksOfScripts } from './package-scripts.ts'
import { packagesIn } from './packages.ts'
import type { Packages } from './packages.ts'
import { relatedTo } from './related-tests.ts'
import { compilerIn, standIns } from './stand-ins.ts'
import { checksOfWorkflows } from './workflow-checks.ts'
import { prepareParser } from './workflow-parser.ts'

/**
 * Finds the checks of a directory of repository files: what was asked for, else the configuration, else the workflow
 * files, else the package scripts. The first of these that yields a check is believed alone; for a kind of check that
 * workflows or scripts lack, others stand in.
 */
export function createChecks(): Checks {
  prepareParser()
  return { find, relatedTo, behind }
}

async function find(
  source: string,
  configuration: RepositoryConfiguration | null,
  asked: readonly string[],
): Promise<AskedChecks> {
  const packages = packagesIn(source)
  const known = await offered({ source, configuration, packages })
  if (asked.length === 0) return { ...onceEach(known), beside: [] }
  const mode = configuration?.mode ?? 'apply'
  const checks = asked.map(
    (each) => known.checks.find(({ name }) => name === each) ?? askedFor(each, packages, mode),
  )
  return { checks, unreachable: [], beside: besides(onceEach(known).checks, checks) }
}

const proving: ReadonlySet<ToolId> = new Set(['tsc', ...testRunners])

function besides(known: readonly Check[], asked: readonly Check[]): readonly Check[] {
  const calls = new Set(asked.map(({ invocations }) => JSON.stringify(invocations)))
  return known.filter(
    ({ invocations }) =>
      invocations.some(({ tool }) => proving.has(tool)) && !calls.has(JSON.stringify(invocations)),
  )
}

interface Repository {
  readonly source: string
  readonly configuration: RepositoryConfiguration | null
  readonly packages: Packages
}

async function offered({ source, configuration, packages }: Repository): Promise<FoundChecks> {
  const configured = checksOfConfiguration(configuration, packages)
  if (configured.length > 0) return { checks: configured, unreachable: [] }
  const mode = configuration?.mode ?? 'apply'
  const ofWorkflows = await checksOfWorkflows(source, packages)
  const manager = await managerOf(source)
  if (ofWorkflows.checks.length > 0) {
    const checks = [...ofWorkflows.checks, ...standIns(ofWorkflows, packages, manager)]
    return withMode({ ...ofWorkflows, checks }, mode)
  }
  const ofScripts = checksOfScripts(packages, manager)
  const broken = packages.isBroken ? [unreadable] : []
  const unreachable = [...ofWorkflows.unreachable, ...ofScripts.unreachable, ...broken]
  const checks = [...ofScripts.checks, ...compilerIn(ofScripts, packages)]
  return withMode({ checks, unreachable }, mode)
}

const unreadable = { name: 'package.json', because: 'It is no JSON that can be read.' }

function checksOfConfiguration(
  configuration: RepositoryConfiguration | null,
  packages: Packages,
): readonly Check[] {
  return Object.entries(configuration?.checks ?? {}).map(
    ([name, { run, before, directory, mode }]) => ({
      name,
      command: run,
      directory,
      origin: 'configuration',
      before: [...before],
      invocations: [...invocationsOf(run, directory, packages)],
      mode,
    }),
  )
}

function askedFor(command: string, packages: Packages, mode: CheckMode): Check {
  const invocations = [...invocationsOf(command, '.', packages)]
  return {
    name: command,
    command,
    directory: '.',
    origin: 'command-line',
    before: [],
    invocations,
    mode,
  }
}

function withMode(found: FoundChecks, mode: CheckMode): FoundChecks {
  return { ...found, checks: found.checks.map((each) => ({ ...each, mode })) }
}

/** npm runs the scripts of a repository that names no manager. */
async function managerOf(source: string): Promise<string> {
  return (await detect({ cwd: source, stopDir: source }))?.name ?? 'npm'
}

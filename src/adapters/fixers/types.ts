import { z } from 'zod'

import type { Check } from '#domain/check.ts'
import { type Finding, type ToolId, testRunners } from '#domain/finding.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'
import type { SandboxResult } from '#ports/sandbox.ts'
import type { Workspace } from '#ports/workspace.ts'

import type { RepairRequest } from '../codefixes/protocol.ts'
import { codefixesProgram } from '../codefixes/toolbox.ts'
import { compiledCode } from '../sandbox/rehearse.ts'
import { askedAhead, isCutOff } from './asked-ahead.ts'

export interface TypesFixerOptions {
  /** The Node and the program of `src/adapters/codefixes` as they are found inside the sandbox. */
  readonly node: string
  readonly program: string
  /** Of processor time. */
  readonly budgetMs: number
}

const defaults: TypesFixerOptions = {
  node: '/opt/toolbox/bin/node',
  program: codefixesProgram,
  budgetMs: 60_000,
}

/**
 * Repairs what the compiler can name: imports, paths, exports, spelling, await, modifiers, unused names. The search runs
 * in the sandbox, because it reads the repository's own configuration; its answer is parsed as untrusted.
 */
export function typesFixer(options: Partial<TypesFixerOptions> = {}): Fixer {
  const settings = { ...defaults, ...options }
  const ahead = askedAhead(compiledCode)
  const endless = new WeakSet<Workspace>()
  return {
    id: 'types',
    rung: 'types',
    applies: ({ findings }) => findings.some(isOurs),
    async propose(request) {
      // What hung once would hang again.
      if (endless.has(request.workspace)) return []
      const question = JSON.stringify(await questionOf(request, settings.budgetMs))
      // What waits has the commit's files as they are.
      const ready = request.patch.length === 0 ? ahead.ask(request.workspace, question) : null
      const answered = ready === null ? null : await ready
      const early = answered === null ? null : candidatesOf(answered)
      if (early !== null) return early
      const last = isCutOff(answered) ? answered : await ask(settings, request, question)
      if (isCutOff(last)) endless.add(request.workspace)
      return candidatesOf(last) ?? []
    },
    foresee(workspace, check) {
      if (!check.invocations.some(({ tool }) => compilers.has(tool) || runners.has(tool))) return
      ahead.begin(workspace, [...command(settings), ...configsAhead(check)])
    },
    forget: (workspace) => ahead.forget(workspace),
  }
}

function command({ node, program }: TypesFixerOptions): readonly [string, ...string[]] {
  return [node, '--disable-warning=ExperimentalWarning', program]
}

/** On a machine so many times too busy it still may use its budget. */
const busiest = 5

async function ask(
  settings: TypesFixerOptions,
  { workspace, patch }: FixRequest,
  stdin: string,
): Promise<SandboxResult> {
  return await workspace.run(patch, {
    command: command(settings),
    directory: '.',
    stdin,
    env: compiledCode,
    timeoutMs: settings.budgetMs * busiest,
  })
}

const compilers: ReadonlySet<ToolId> = new Set(['tsc'])
const runners: ReadonlySet<ToolId> = new Set([...testRunners, 'command'])
const linters: ReadonlySet<ToolId> = new Set(['eslint', 'oxlint', 'xo', 'standard', 'biome'])

/** Rules whose complaint the compiler shares. */
const lintRules =
  /(?:no-undef|no-unresolved|no-missing-(?:import|require)|no-unused-(?:vars|imports)|noUnused\w+|noUndeclaredVariables|noUnresolvedImports|\/named|\/default|\/namespace)\)?$/

function isOurs({ tool, rule }: Finding): boolean {
  if (compilers.has(tool) || runners.has(tool)) return true
  return linters.has(tool) && rule !== null && lintRules.test(rule)
}

async function questionOf(request: FixRequest, budgetMs: number): Promise<RepairRequest> {
  const targets = request.findings.filter(isOurs).map(({ subject: _subject, ...target }) => target)
  return {
    targets,
    configs: configsOf(request.check),
    was: await wasOf(request, targets),
    budgetMs,
  }
}

function isProgram(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path)
}

/** More files than this are no slip of one commit. */
const mostLookedUp = 20

/** The files of the findings as the last good commit had them; a failing test may stand for any program that changed. */
async function wasOf(
  { base, workspace }: FixRequest,
  targets: readonly Pick<Finding, 'file' | 'tool'>[],
): Promise<Readonly<Record<string, string>>> {
  if (base === null) return {}
  const named = targets.flatMap(({ file }) => file ?? [])
  const isRun = targets.some(({ tool }) => runners.has(tool))
  const changed = await base.changed()
  const paths = [...named, ...(isRun ? changed.filter(isProgram) : [])]
  // What did not change is here; asking git takes a process or two for each file.
  const isHere = (path: string): boolean => changed.length > 0 && !changed.includes(path)
  const texts = await Promise.all(
    [...new Set(paths)].slice(0, mostLookedUp).map(async (path) => {
      return [path, isHere(path) ? workspace.read(path, []) : await base.read(path)] as const
    }),
  )
  return Object.fromEntries(texts.flatMap(([path, text]) => (text === null ? [] : [[path, text]])))
}

/** The configurations that a check names, relative to the root. */
function configsOf({ invocations }: Check): readonly string[] {
  return invocations.flatMap(({ tool, argv, directory }) =>
    tool === 'tsc' ? configsIn(argv).map((config) => placed(directory, config)) : [],
  )
}

/** What it will most likely ask about; a wrong guess costs what it would have cost without one. */
function configsAhead(check: Check): readonly string[] {
  const named = configsOf(check)
  const near = check.invocations.map(({ directory }) => placed(directory, 'tsconfig.json'))
  return named.length > 0 ? named : [...new Set([...near, 'tsconfig.json'])]
}

function configsIn(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => {
    if (!/^(?:-p|-b|--project|--build)$/.test(word)) return []
    const config = argv[index + 1]
    return config === undefined || config.startsWith('-') ? [] : [config]
  })
}

function placed(directory: string, config: string): string {
  const file = config.endsWith('.json') ? config : `${config}/tsconfig.json`
  return directory === '.' ? file : `${directory}/${file}`
}

const sentence = z.string().min(1).max(4000)

const answer = z.object({
  repairs: z
    .array(
      z.object({
        strategy: sentence,
        description: sentence,
        rootCause: sentence,
        risk: z.enum(['safe', 'review']),
        edits: z
          .array(
            z.object({
              path: z.string().regex(/^(?!\/|.*(?:^|\/)\.\.(?:\/|$)).+$/),
              content: z.string(),
            }),
          )
          .min(1),
      }),
    )
    .max(500),
})

/** The repository's code cannot print here, yet its files were read: an answer that does not parse is no answer. */
function candidatesOf({ end, stdout }: SandboxResult): readonly Candidate[] | null {
  if (end.kind === 'stopped' || end.exitCode !== 0) return null
  const parsed = answer.safeParse(fromJson(stdout))
  if (!parsed.success) return null
  return parsed.data.repairs.map(({ edits, ...repair }) => ({
    ...repair,
    patch: edits,
    stacked: true,
  }))
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

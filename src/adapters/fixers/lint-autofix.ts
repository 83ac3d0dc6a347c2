import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { programName } from '../checks/known-tools.ts'
import { formatTouched } from './format-touched.ts'
import { changedLines, overlappingOnly } from './hunks.ts'
import { keptOptions } from './kept-options.ts'
import { callTool, type Complaint, complaintsOf, fromDirectory } from './tool-call.ts'

/** One way of asking a linter to write its fixes. */
interface Mode {
  readonly strategy: string
  readonly wanted: (finding: Finding) => boolean
  readonly argv: (complaint: Complaint, files: readonly string[]) => readonly string[]
  /** The fix is one of the whole file, wherever the finding points. */
  readonly whole?: boolean
}

/** Biome's suggestions that keep the meaning, though biome calls them unsafe. */
const safeBiome = new Set([
  'lint/suspicious/noDebugger',
  'lint/correctness/noUnusedImports',
  'lint/style/useTemplate',
  'lint/complexity/useLiteralKeys',
  'lint/style/useNodejsImportProtocol',
  'lint/complexity/noUselessTernary',
  'lint/style/useExponentiationOperator',
  'lint/style/useNumberNamespace',
  'lint/suspicious/noUselessEscapeInString',
  'lint/complexity/noUselessStringConcat',
  'lint/complexity/noUselessConstructor',
  'lint/complexity/noUselessCatch',
  'lint/complexity/useDateNow',
  'lint/correctness/useParseIntRadix',
  'lint/style/useShorthandAssign',
  'lint/style/useSingleVarDeclarator',
  'lint/style/useThrowNewError',
])

/** Suggestions of oxlint that keep the meaning. */
const safeOxlint = new Set(['no-debugger', 'no-useless-escape', 'no-unneeded-ternary'])

const modes: readonly Mode[] = [
  {
    strategy: 'lint/eslint-fix',
    wanted: ({ tool }) => tool === 'eslint' || tool === 'xo',
    argv: ({ invocation: { tool, argv } }, files) =>
      tool === 'xo'
        ? ['xo', ...keptOptions('xo', { argv }), '--fix', ...files]
        : ['eslint', ...keptOptions('eslint', { argv }), '--fix', ...files],
  },
  {
    strategy: 'lint/standard-fix',
    wanted: ({ tool }) => tool === 'standard',
    argv: ({ invocation }, files) => [
      programName(invocation.argv[0] ?? 'standard'),
      ...keptOptions('standard', invocation),
      '--fix',
      ...files,
    ],
  },
  {
    strategy: 'lint/oxlint-fix',
    wanted: ({ tool }) => tool === 'oxlint',
    argv: ({ invocation }, files) => [
      'oxlint',
      ...keptOptions('oxlint', invocation),
      '--fix',
      ...files,
    ],
  },
  {
    strategy: 'lint/oxlint-suggestion',
    wanted: ({ tool, rule }) => tool === 'oxlint' && safeOxlint.has(bare(rule)),
    argv: ({ invocation, findings }, files) => [
      'oxlint',
      ...keptOptions('oxlint', invocation),
      '-A',
      'all',
      ...[...new Set(findings.map(({ rule }) => bare(rule)))].flatMap((rule) => ['-D', rule]),
      '--fix-suggestions',
      '--fix-dangerously',
      ...files,
    ],
  },
  {
    strategy: 'lint/biome-fix',
    wanted: ({ tool, rule }) => tool === 'biome' && rule?.startsWith('lint/') === true,
    argv: ({ invocation, findings }, files) => biomeLint(invocation, findings, files),
  },
  {
    strategy: 'lint/biome-suggestion',
    wanted: ({ tool, rule }) => tool === 'biome' && safeBiome.has(rule ?? ''),
    argv: ({ invocation, findings }, files) => [
      ...biomeLint(invocation, findings, files),
      '--unsafe',
    ],
  },
  {
    strategy: 'lint/biome-assist',
    wanted: ({ tool, rule }) =>
      tool === 'biome' && (rule?.startsWith('assist/') === true || rule === 'organizeImports'),
    whole: true,
    argv: ({ invocation }, files) => [
      'biome',
      'check',
      '--write',
      '--formatter-enabled=false',
      '--linter-enabled=false',
      ...keptOptions('biome', invocation),
      ...files,
    ],
  },
]

/** The linters' own ways to write fixes; of what they write, only the changes on a finding's lines are taken. */
export const lintAutofixes: readonly Fixer[] = modes.map((mode) => ({
  id: mode.strategy,
  rung: 'lint',
  applies: ({ findings }) => findings.some(mode.wanted),
  propose: async (request) => {
    const complaints = complaintsOf(request, mode.wanted)
    const proposed = await Promise.all(complaints.map((each) => autofixed(request, each, mode)))
    return proposed.flat()
  },
}))

function bare(rule: string | null): string {
  return /\((.+)\)$/.exec(rule ?? '')?.[1] ?? rule ?? ''
}

function biomeLint(
  invocation: Complaint['invocation'],
  findings: readonly Finding[],
  files: readonly string[],
): readonly string[] {
  const rules = [...new Set(findings.flatMap(({ rule }) => rule ?? []))]
  const only = rules.map((rule) => `--only=${rule.replace('lint/', '')}`)
  return ['biome', 'lint', '--write', ...keptOptions('biome', invocation), ...only, ...files]
}

async function autofixed(
  request: FixRequest,
  complaint: Complaint,
  { strategy, argv, whole = false }: Mode,
): Promise<readonly Candidate[]> {
  const { invocation, files, findings } = complaint
  const { files: written } = await callTool(request, {
    directory: invocation.directory,
    argv: argv(complaint, fromDirectory(invocation.directory, files)),
    patch: request.patch,
    collect: true,
  })
  const narrowed = files.flatMap((path) => {
    const before = request.workspace.read(path, request.patch)
    const after = written.find((edit) => edit.path === path)?.content
    if (before === null || after === null || after === undefined) return []
    const lines = new Set(findings.flatMap(({ file, line }) => (file === path && line ? line : [])))
    const content = whole ? after : overlappingOnly(before, after, lines)
    return content === before ? [] : [{ path, content }]
  })
  const changed = findings.filter(({ file, line }) => {
    const before = request.workspace.read(file ?? '', request.patch)
    const after = narrowed.find(({ path }) => path === file)?.content
    if (whole || line === null || before === null || after === undefined) return true
    return changedLines(before, after).has(line)
  })
  const patch = await formatTouched(request, narrowed)
  return patch.map((edit) => candidateOf(strategy, [edit], changed))
}

function candidateOf(strategy: string, patch: Patch, findings: readonly Finding[]): Candidate {
  const file = patch[0]?.path ?? ''
  const here = findings.filter((finding) => finding.file === file)
  const rules = [...new Set(here.map(({ rule }) => rule ?? ''))].toSorted().join(', ')
  return {
    strategy,
    description: `Applied the linter's own fixes for ${rules} in ${file}`,
    rootCause: `${file} broke ${rules}`,
    patch,
    risk: 'safe',
    tidied: true,
  }
}

import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import type { LintFix, LintMessage } from '../tools/eslint-report.ts'
import { formatTouched } from './format-touched.ts'
import { isAbout, lintReport, type Linted } from './lint-report.ts'
import { ruleName } from './rule-name.ts'
import { withEdits } from './text-edits.ts'
import { type Complaint, complaintsOf } from './tool-call.ts'

/**
 * Suggestions of eslint's rules that keep the meaning of the code, by the name of the suggestion. Others change behaviour,
 * invent a value or hide the problem behind a comment (fixers.md B2: a comment in an empty block).
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'no-useless-escape': ['removeEscape'],
  'no-prototype-builtins': ['callObjectPrototype'],
  radix: ['addRadixParameter10'],
  'no-case-declarations': ['addBrackets'],
  'no-array-constructor': ['useLiteral', 'useLiteralAfterSemicolon'],
  'no-object-constructor': ['useLiteral', 'useLiteralAfterSemicolon'],
  'no-return-await': ['removeAwait'],
  'no-implicit-coercion': ['useRecommendation'],
  'no-promise-executor-return': ['wrapBraces'],
  'prefer-regex-literals': ['replaceWithLiteral'],
  'no-extra-boolean-cast': ['removeCast'],
  'no-unnecessary-type-constraint': ['removeUnnecessaryConstraint'],
  'ban-types': ['wrapperReplacement'],
  'no-misused-new': [],
}

const isOurs = (finding: Finding): boolean =>
  (finding.tool === 'eslint' || finding.tool === 'xo') && Object.hasOwn(allowed, ruleName(finding))

/** Applies eslint's suggestions where they are known to keep the meaning. */
export const lintSuggestions: Fixer = {
  id: 'lint/suggestion',
  rung: 'lint',
  applies: ({ findings }) => findings.some(isOurs),
  propose: async (request) => {
    const complaints = complaintsOf(request, isOurs)
    const proposed = await Promise.all(complaints.map((each) => suggested(request, each)))
    return proposed.flat()
  },
}

async function suggested(request: FixRequest, complaint: Complaint): Promise<readonly Candidate[]> {
  const linted = await lintReport(request, complaint, request.patch)
  const edits = linted.flatMap((each) => editOf(request, each, complaint.findings))
  const patch = await formatTouched(request, edits)
  return patch.map((edit) => ({
    strategy: 'lint/suggestion',
    description: `Applied the linter's suggestions in ${edit.path}`,
    rootCause: `${edit.path} broke ${rulesIn(complaint, edit.path)}`,
    patch: [edit],
    risk: 'safe',
    tidied: true,
  }))
}

function editOf(
  { workspace, patch }: FixRequest,
  { file, messages }: Linted,
  findings: readonly Finding[],
): Patch {
  const here = findings.filter((finding) => finding.file === file)
  const fixes = messages.filter((each) => isAbout(each, here)).flatMap(chosen)
  const text = workspace.read(file, patch)
  if (text === null || fixes.length === 0) return []
  return [{ path: file, content: withEdits(text, fixes).text }]
}

function chosen({ ruleId, suggestions }: LintMessage): readonly LintFix[] {
  const names = allowed[ruleName({ rule: ruleId })] ?? []
  const suggestion = suggestions?.find(({ messageId }) => names.includes(messageId ?? ''))
  return suggestion ? [suggestion.fix] : []
}

function rulesIn({ findings }: Complaint, file: string): string {
  const rules = findings.flatMap((finding) => (finding.file === file ? (finding.rule ?? []) : []))
  return [...new Set(rules)].toSorted().join(', ')
}

import type { Finding } from '#domain/finding.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import type { LintMessage } from '../tools/eslint-report.ts'
import { formatTouched } from './format-touched.ts'
import { isAbout, lintReport, type Linted } from './lint-report.ts'
import { isStyle } from './rule-name.ts'
import { withEdits } from './text-edits.ts'
import { type Complaint, complaintsOf } from './tool-call.ts'

const isOurs = ({ tool }: Finding): boolean => tool === 'eslint' || tool === 'xo'

/** The style rules of eslint and xo: no formatter of their own, but fixes that change only the looks. */
export const lintStyle: Fixer = eslintFixes(
  'format/eslint',
  (finding) => isOurs(finding) && isStyle(finding),
)

/** The fixes that eslint or xo itself attaches to the findings, and to nothing else in the file. */
export const lintEslint: Fixer = eslintFixes('lint/eslint', isOurs)

function eslintFixes(id: string, wanted: (finding: Finding) => boolean): Fixer {
  return {
    id,
    rung: id.startsWith('format/') ? 'format' : 'lint',
    applies: ({ findings }) => findings.some(wanted),
    propose: async (request) => {
      const complaints = complaintsOf(request, wanted)
      const all = await Promise.all(complaints.map((each) => fixed(request, each)))
      return all.flat().map((each) => candidateOf(id, each))
    },
  }
}

/** A fix may uncover the next one; eslint itself gives up after ten. */
const passes = 4

/** Rules whose fix leaves what another rule complains about: `var` becomes `let`, which is never reassigned. */
const cascading = new Set(['no-var'])

/** A file as it is to be, and the rules of the findings that had a fix in it. */
interface Fixed {
  readonly edit: Patch[number]
  readonly rules: ReadonlySet<string>
}

/** One for each file. Fixes that overlap are applied one pass later, on the text that the first ones left. */
async function fixed(request: FixRequest, complaint: Complaint): Promise<readonly Fixed[]> {
  let patch: Patch = []
  let files = complaint.files
  const known = new Set<string>()
  const applied: { readonly file: string; readonly rules: readonly string[] }[] = []
  for (let pass = 1; pass <= passes && files.length > 0; pass += 1) {
    const task = { ...complaint, files }
    const linted = await lintReport(request, task, combine(request.patch, patch))
    const done = linted.map((each) => fixFile(request, { linted: each, complaint, patch, known }))
    patch = combine(
      patch,
      done.flatMap(({ edits }) => edits),
    )
    applied.push(...done)
    for (const one of linted) for (const each of one.messages) known.add(nameOf(one, each))
    files = done.filter(({ unfinished }) => unfinished).map(({ file }) => file)
  }
  const touched = await formatTouched(request, patch)
  const asked = new Set(complaint.findings.map(({ rule }) => ruleOf(rule)))
  return touched.map((edit) => {
    const here = applied.filter(({ file }) => file === edit.path).flatMap(({ rules }) => rules)
    return { edit, rules: new Set(here.filter((rule) => asked.has(rule))) }
  })
}

function nameOf({ file }: Linted, { ruleId, message }: LintMessage): string {
  return `${file} ${ruleId} ${message}`
}

interface FileTask {
  readonly linted: Linted
  readonly complaint: Complaint
  readonly patch: Patch
  /** What was said in earlier passes; empty in the first. */
  readonly known: ReadonlySet<string>
}

function fixFile({ workspace, patch: accepted }: FixRequest, task: FileTask) {
  const { file } = task.linted
  const text = workspace.read(file, combine(accepted, task.patch))
  const wanted = wantedOf(task)
  const fixes = wanted.flatMap(({ fix }) => (fix ? [fix] : []))
  if (text === null || fixes.length === 0) return { file, edits: [], rules: [], unfinished: false }
  const { text: content, skipped } = withEdits(text, fixes)
  const unfinished = skipped > 0 || wanted.some(({ ruleId }) => cascading.has(ruleId ?? ''))
  const rules = wanted.flatMap(({ fix, ruleId }) => (fix ? [ruleOf(ruleId)] : []))
  return { file, edits: content === text ? [] : [{ path: file, content }], rules, unfinished }
}

/** First the findings themselves; then, since lines have moved, their rules and what our own fixes brought up. */
function wantedOf({ linted, complaint, known }: FileTask): readonly LintMessage[] {
  const findings = complaint.findings.filter(({ file }) => file === linted.file)
  if (known.size === 0) return linted.messages.filter((each) => isAbout(each, findings))
  const rules = new Set(findings.map(({ rule }) => rule))
  return linted.messages.filter(
    (each) => rules.has(each.ruleId) || !known.has(nameOf(linted, each)),
  )
}

/** What has no rule is a comment to the linter that nothing needs. */
function ruleOf(rule: string | null): string {
  return rule ?? 'directive'
}

function candidateOf(id: string, { edit, rules }: Fixed): Candidate {
  const named = [...rules].toSorted().join(', ')
  return {
    strategy: id,
    description: `Applied the linter's own fixes for ${named} in ${edit.path}`,
    rootCause: `${edit.path} broke ${named}`,
    patch: [edit],
    risk: 'safe',
    tidied: true,
  }
}

import type { Finding } from '#domain/finding.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

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
      const patches = await Promise.all(complaints.map((each) => fixed(request, each)))
      return patches.flat().map((patch, at) => candidateOf(id, patch, complaints[at] ?? null))
    },
  }
}

/** ESLint's own limit: a fix may uncover the next one. */
const passes = 4

/** One patch per file. Fixes that overlap are applied one pass later, on the text that the first ones left. */
async function fixed(request: FixRequest, complaint: Complaint): Promise<readonly Patch[]> {
  let patch: Patch = []
  let targets: Complaint = complaint
  for (let pass = 1; pass <= passes && targets.files.length > 0; pass += 1) {
    const linted = await lintReport(request, targets, combine(request.patch, patch))
    const done = linted.map((each) =>
      fixFile(request, { linted: each, complaint: targets, patch, pass }),
    )
    patch = combine(
      patch,
      done.flatMap(({ edits }) => edits),
    )
    const unfinished = done.filter(({ skipped }) => skipped > 0).map(({ file }) => file)
    targets = { ...complaint, files: unfinished }
  }
  const touched = await formatTouched(request, patch)
  return touched.map((edit) => [edit])
}

interface FileTask {
  readonly linted: Linted
  readonly complaint: Complaint
  readonly patch: Patch
  readonly pass: number
}

function fixFile({ workspace, patch: accepted }: FixRequest, task: FileTask) {
  const { linted, complaint, patch, pass } = task
  const { file, messages } = linted
  const text = workspace.read(file, combine(accepted, patch))
  const findings = complaint.findings.filter((finding) => finding.file === file)
  // Lines move after the first pass, so that later passes go by rule alone.
  const rules = new Set(findings.map(({ rule }) => rule))
  const wanted = messages.filter((each) =>
    pass === 1 ? isAbout(each, findings) : rules.has(each.ruleId),
  )
  const fixes = wanted.flatMap(({ fix }) => (fix ? [fix] : []))
  if (text === null || fixes.length === 0) return { file, edits: [], skipped: 0 }
  const { text: content, skipped } = withEdits(text, fixes)
  return { file, edits: content === text ? [] : [{ path: file, content }], skipped }
}

function candidateOf(id: string, patch: Patch, complaint: Complaint | null): Candidate {
  const file = patch[0]?.path ?? ''
  const findings = complaint?.findings.filter((finding) => finding.file === file) ?? []
  const rules = [...new Set(findings.map(({ rule }) => rule ?? 'directive'))].toSorted().join(', ')
  return {
    strategy: id,
    description: `Applied the linter's own fixes for ${rules} in ${file}`,
    rootCause: `${file} broke ${rules}`,
    patch,
    risk: 'safe',
  }
}

import type { Finding } from '#domain/finding.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { deleteEmpty } from './delete-empty.ts'
import { deleteUnused, type Deletion } from './delete-unused.ts'
import { covers, offsetOf, withoutStatement } from './deletion-range.ts'
import { formatTouched } from './format-touched.ts'
import { renameUnused } from './rename-unused.ts'
import { ruleName } from './rule-name.ts'
import { type Syntax, syntaxOf } from './syntax.ts'
import { withEdits } from './text-edits.ts'

type Delete = (syntax: Syntax, offset: number, finding: Finding) => Deletion | null

/** What may be deleted for which rule, in the words of every linter. */
const deleters: Readonly<Record<string, Delete>> = {
  'no-debugger': deleteDebugger,
  'no-empty': deleteEmpty,
  'no-empty-block-statements': deleteEmpty,
  'no-unused-vars': unused,
  'no-unused-variables': unused,
  'no-unused-imports': deleteUnused,
  'no-unused-function-parameters': unused,
}

const linters = new Set(['eslint', 'xo', 'oxlint', 'biome'])

const isOurs = (finding: Finding): boolean =>
  linters.has(finding.tool) && Object.hasOwn(deleters, ruleName(finding))

/** Deletes what a linter calls superfluous, where that changes nothing: no linter has a fix of its own for these. */
export const lintDeletions: Fixer = {
  id: 'lint/deletion',
  rung: 'lint',
  applies: ({ findings }) => findings.some(isOurs),
  propose: async (request) => {
    const files = [...new Set(request.findings.filter(isOurs).flatMap(({ file }) => file ?? []))]
    const proposed = await Promise.all(files.map((file) => candidateFor(request, file)))
    return proposed.flat()
  },
}

async function candidateFor(request: FixRequest, file: string): Promise<readonly Candidate[]> {
  const text = request.workspace.read(file, request.patch)
  const syntax = text === null ? null : syntaxOf(file, text)
  if (syntax === null) return []
  const findings = request.findings.filter((each) => each.file === file && isOurs(each))
  const deletions = findings.flatMap((each) => deletionFor(syntax, each) ?? [])
  const { text: content } = withEdits(
    syntax.text,
    deletions.map(({ edit }) => edit),
  )
  if (content === syntax.text) return []
  const rules = [...new Set(findings.map(({ rule }) => rule ?? ''))].toSorted().join(', ')
  return [
    {
      strategy: 'lint/deletion',
      description: `Deleted what ${rules} calls superfluous in ${file}`,
      rootCause: `${file} broke ${rules}`,
      patch: await formatTouched(request, [{ path: file, content }]),
      risk: deletions.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
      tidied: true,
    },
  ]
}

function deletionFor(syntax: Syntax, finding: Finding): Deletion | null {
  const { line, column } = finding
  const offset = line && column ? offsetOf(syntax.text, line, column) : null
  const deleter = deleters[ruleName(finding)]
  return offset === null || !deleter ? null : deleter(syntax, offset, finding)
}

function deleteDebugger({ statements, text }: Syntax, offset: number): Deletion | null {
  const found = statements.find((each) => each.type === 'DebuggerStatement' && covers(each, offset))
  return found ? { edit: withoutStatement(text, found), risk: 'safe' } : null
}

function unused(syntax: Syntax, offset: number, { message }: Finding): Deletion | null {
  return deleteUnused(syntax, offset) ?? renameUnused(syntax, offset, message)
}

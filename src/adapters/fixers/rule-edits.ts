import type { Finding, ToolId } from '#domain/finding.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import type { LintFix } from '../tools/eslint-report.ts'
import { offsetOf } from './deletion-range.ts'
import { formatTouched } from './format-touched.ts'
import { ruleName } from './rule-name.ts'
import { type Syntax, syntaxOf } from './syntax.ts'
import { withEdits } from './text-edits.ts'

/** An edit that satisfies a rule, and whether a human should look at it. */
export interface RuleEdit {
  readonly edit: LintFix
  readonly risk: 'safe' | 'review'
}

/** Where a rule complains, with everything around it. */
export interface Complained {
  readonly syntax: Syntax
  readonly offset: number
  readonly finding: Finding
  readonly request: FixRequest
}

type Edit = (complained: Complained) => RuleEdit | null

interface RuleEdits {
  readonly strategy: string
  /** What was done, between "…" and " in <file>": `Deleted what no-debugger calls superfluous`. */
  readonly says: (rules: string) => string
  /** By the bare name of the rule, in the words of every linter. */
  readonly table: Readonly<Record<string, Edit>>
}

const linters: ReadonlySet<ToolId> = new Set(['eslint', 'xo', 'standard', 'oxlint', 'biome'])

/** A fixer of our own for rules that no linter repairs itself: it edits the syntax at the findings, a candidate per file. */
export function ruleEdits(task: RuleEdits): Fixer {
  const isOurs = (finding: Finding): boolean =>
    linters.has(finding.tool) && Object.hasOwn(task.table, ruleName(finding))
  return {
    id: task.strategy,
    rung: 'lint',
    applies: ({ findings }) => findings.some(isOurs),
    propose: async (request) => {
      const wanted = request.findings.filter(isOurs)
      const files = Map.groupBy(wanted, ({ file }) => file ?? '')
      const proposed = await Promise.all(
        [...files].map(([file, findings]) => candidateFor(task, request, { file, findings })),
      )
      return proposed.flat()
    },
  }
}

async function candidateFor(
  { strategy, says, table }: RuleEdits,
  request: FixRequest,
  { file, findings }: { readonly file: string; readonly findings: readonly Finding[] },
): Promise<readonly Candidate[]> {
  const text = request.workspace.read(file, request.patch)
  const syntax = text === null ? null : syntaxOf(file, text)
  if (syntax === null) return []
  const edits = findings.flatMap((finding) => {
    const offset = offsetIn(syntax, finding)
    const edit = table[ruleName(finding)]
    return offset === null ? [] : (edit?.({ syntax, offset, finding, request }) ?? [])
  })
  const { text: content } = withEdits(syntax.text, distinct(edits))
  if (content === syntax.text) return []
  const rules = [...new Set(findings.map(({ rule }) => rule ?? ''))].toSorted().join(', ')
  return [
    {
      strategy,
      description: `${says(rules)} in ${file}`,
      rootCause: `${file} broke ${rules}`,
      patch: await formatTouched(request, [{ path: file, content }]),
      risk: edits.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
      tidied: true,
    },
  ]
}

function offsetIn({ text }: Syntax, { line, column }: Finding): number | null {
  return line && column ? offsetOf(text, line, column) : null
}

/** Two rules may want the same edit at the same place. */
function distinct(edits: readonly RuleEdit[]): readonly LintFix[] {
  return [...new Map(edits.map(({ edit }) => [JSON.stringify(edit), edit])).values()]
}

import { z } from 'zod'

import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { StepDefinition } from '#domain/workflow.ts'
import type { StepKind } from '#ports/step.ts'

interface Given {
  /** The way to the step. */
  readonly path: readonly (string | number)[]
  readonly given: StepDefinition['with']
}

/** What a step is given against what its kind takes. The value of an expression is only known at run time: it passes. */
export function checkInput(
  { path, given }: Given,
  kind: Pick<StepKind, 'name' | 'input'>,
): readonly WorkflowProblem[] {
  const parsed = kind.input.safeParse(given)
  const issues = parsed.success ? [] : parsed.error.issues
  return issues
    .filter((issue) => !isExpressionAt(given, issue.path))
    .flatMap((issue) => problemsOf(issue, { path: [...path, 'with'], kind, given }))
}

function problemsOf(
  issue: z.core.$ZodIssue,
  at: {
    readonly path: readonly (string | number)[]
    readonly kind: Pick<StepKind, 'name' | 'input'>
    readonly given: StepDefinition['with']
  },
): readonly WorkflowProblem[] {
  const { name, input } = at.kind
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...at.path, key],
      problem: `Step "${name}" takes no "${key}"`,
      remedy: `It takes: ${inputsOf(input).join(', ') || 'nothing'}.`,
    }))
  }
  const way = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  const [key = ''] = way
  if (Object.hasOwn(at.given, key)) {
    return [
      {
        path: [...at.path, ...way],
        problem: `Step "${name}" does not accept this "${key}"`,
        remedy: `${issue.message}.`,
      },
    ]
  }
  return [
    {
      path: at.path,
      problem: `Step "${name}" lacks "${key}"`,
      remedy: 'Give it under "with", as a value or as an expression.',
    },
  ]
}

function isExpressionAt(
  given: StepDefinition['with'],
  path: readonly (string | number | symbol)[],
): boolean {
  const [key, index] = path
  const value = typeof key === 'string' && Object.hasOwn(given, key) ? given[key] : undefined
  const found = Array.isArray(value) && typeof index === 'number' ? value[index] : value
  return typeof found === 'string' && found.includes('${{')
}

function inputsOf(input: z.ZodType): readonly string[] {
  return input instanceof z.ZodObject ? Object.keys(input.shape) : []
}

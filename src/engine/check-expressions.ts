import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { Workflow } from '#domain/workflow.ts'

import { checkReference, type Scope } from './check-reference.ts'
import type { KnownKinds } from './check-steps.ts'
import { type ExpressionPlace, expressionsIn } from './expression-places.ts'
import { ExpressionSyntaxError, parseExpression, templatesIn } from './expression-syntax.ts'

/** Expressions that do not parse, or that ask for a phase, a step or an output that is not there. */
export function checkExpressions(
  workflow: Workflow,
  kinds: KnownKinds,
): readonly WorkflowProblem[] {
  return expressionsIn(workflow, kinds).flatMap((place) => {
    try {
      return sourcesOf(place).flatMap((source) => checkSource(source, place))
    } catch (error) {
      if (error instanceof ExpressionSyntaxError) return doesNotParse(place.path, error)
      throw error
    }
  })
}

function sourcesOf({ text, template }: ExpressionPlace): readonly string[] {
  return template ? templatesIn(text).map(({ source }) => source) : [text]
}

function checkSource(
  source: string,
  { path, scope }: { readonly path: WorkflowProblem['path']; readonly scope: Scope },
): readonly WorkflowProblem[] {
  return parseExpression(source).references.flatMap((reference) => {
    const wrong = checkReference(reference, scope)
    return wrong === null ? [] : { path, ...wrong }
  })
}

function doesNotParse(path: WorkflowProblem['path'], error: Error): WorkflowProblem {
  return {
    path,
    problem: `The expression does not parse: ${error.message}`,
    remedy: 'Write it as in GitHub Actions, with texts in single quotes.',
  }
}

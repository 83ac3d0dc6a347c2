import { formatting, neighboursOf, preferences, styleOf } from '../project/editing-style.ts'
import type { Scene, TextEdit } from '../proposal.ts'

export interface Action {
  readonly fixName: string
  readonly description: string
  readonly edits: readonly TextEdit[]
}

/** What TypeScript itself would do about a problem. Its fixes crash at times; then there is none. */
export function actionsAt({ project, problem, file }: Scene): readonly Action[] {
  const { text } = file
  try {
    return project.service
      .getCodeFixesAtPosition(
        problem.file,
        problem.start,
        problem.start + problem.length,
        [problem.code],
        formatting(styleOf(text)),
        preferences(text, neighboursOf(project.program(), problem.file)),
      )
      .map(({ fixName, description, changes }) => ({
        fixName,
        description,
        edits: changes.flatMap(({ fileName, textChanges }) =>
          textChanges.map(({ span, newText }) => ({
            file: fileName,
            start: span.start,
            length: span.length,
            text: newText,
          })),
        ),
      }))
  } catch {
    return []
  }
}

import { oneLine } from './plain-text.ts'

interface Problem {
  readonly line: number
  readonly column: number
  readonly problem: string
  readonly remedy: string
}

/** One error at its line; what is wrong was said by others. */
export function recipeProblem(path: string, { line, column, problem, remedy }: Problem): string {
  const what = oneLine(problem).replace(/\.$/, '')
  return `${oneLine(path)}:${line}:${column}: ${what}. ${oneLine(remedy)} Until then it is left out.`
}

const atTheTop = { line: 1, column: 1 } as const

export function tooLong(most: number): Problem {
  const problem = `The recipe is longer than ${most} characters`
  return { ...atTheTop, problem, remedy: 'Make several of it.' }
}

export function tooMany(most: number): Problem {
  const problem = `There are ${most} recipes before this one`
  return { ...atTheTop, problem, remedy: 'Delete those that are not needed any more.' }
}

/** What ast-grep itself has against a rule. */
export function unrunnable(words: string): Pick<Problem, 'problem' | 'remedy'> {
  const problem = `ast-grep cannot read the rule: ${words}`
  return { problem, remedy: 'Correct it after https://ast-grep.github.io/guide/rule-config.html.' }
}

interface Rewriting {
  readonly language: string
  readonly pattern: string
  readonly fix: string
}

interface Offered extends Rewriting {
  /** A name that is safe as a file's. */
  readonly id: string
  /** The pull request that brought the change before. */
  readonly before: number
}

/** The rule as ast-grep reads it. JSON is YAML, so that no text of a model ends a line of it. */
export function recipeText({ id, language, pattern, fix, before }: Offered): string {
  return [
    `# The same change as in #${before}, and made once more since then. Goalkeeper tries it before it asks a model.`,
    `id: ${JSON.stringify(id)}`,
    `language: ${language}`,
    'rule:',
    `  pattern: ${JSON.stringify(pattern)}`,
    `fix: ${JSON.stringify(fix)}`,
    '',
  ].join('\n')
}

export function recipeTitle({ pattern, fix }: Rewriting): string {
  return `chore: a recipe for ${oneLine(pattern)} → ${oneLine(fix)}`.slice(0, 100)
}

export function recipeMessage(of: Rewriting, ids: { taskId: string; runId: string }): string {
  return [
    recipeTitle(of),
    '',
    'The same change repaired two failures. As a recipe it costs nothing the next time.',
    '',
    `Task-Id: ${ids.taskId}`,
    `Run-Id: ${ids.runId}`,
    '',
  ].join('\n')
}

export function recipeBody({ path, before }: { readonly path: string; readonly before: number }) {
  return [
    `A model made the same change twice: in #${before}, which you merged, and again now. ${path} makes it without a model.`,
    '',
    'Seen in the sandbox: run over the code before each of the two fixes, ast-grep makes exactly what the fix made.',
    'Merged, it is tried before a model is asked, and what it makes is proved like any other fix. It changes nothing by itself.',
    'Close this, and it is not offered again.',
  ].join('\n')
}

export function recipeNote(number: number): string {
  return `the same change was accepted before: a recipe for it is offered in #${number}`
}

import type { CodeFixer } from '../proposal.ts'

/** Removes a `@ts-expect-error` that expects nothing any more, with its line where it stands alone. */
export const staleExpectation: CodeFixer = function* ({ problem, file, name }) {
  const { text } = file
  const before = text.lastIndexOf('\n', problem.start - 1) + 1
  const newLine = text.indexOf('\n', problem.start)
  const after = newLine < 0 ? text.length : newLine + 1
  const line = text.slice(before, after)
  const alone =
    /^\s*(?:\/\/+\s*@ts-expect-error.*|\/\*+\s*@ts-expect-error[^*]*\*\/|\{\s*\/\*+\s*@ts-expect-error[^*]*\*\/\s*\})\s*$/
  const trailing = /[ \t]*(?:\/\/+\s*@ts-expect-error.*|\/\*+\s*@ts-expect-error[^*]*\*\/)/.exec(
    line,
  )
  if (trailing === null) return
  const whole = alone.test(line)
  yield [
    {
      strategy: 'types/stale-expect-error',
      description: `Removed a @ts-expect-error that expected nothing in ${name}`,
      rootCause: `${name} expected a type error that is no longer there`,
      risk: 'safe',
      edits: [
        {
          file: problem.file,
          start: whole ? before : before + trailing.index,
          length: whole ? after - before : trailing[0].trimEnd().length,
          text: '',
        },
      ],
    },
  ]
}

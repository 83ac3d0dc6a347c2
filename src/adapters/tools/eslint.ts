import type { Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, valueOf, without } from './arguments.ts'
import { eslintReport, type LintedFile, type LintMessage } from './eslint-report.ts'
import { stylish } from './eslint-stylish.ts'
import { found, isRed, located, unreadable } from './found.ts'

export const eslint: Tool = {
  id: 'eslint',
  reporting: ({ argv }) => ({
    argv: command(
      without(argv, {
        flags: ['--color', '--no-color'],
        valued: ['-f', '--format', '-o', '--output-file'],
      }),
      '--format',
      'json',
    ),
    reportFile: null,
  }),
  parse: (printed, invocation) => readLint('eslint', printed, invocation),
  plain: stylish,
}

/** Findings in the JSON report of eslint or of what wraps it. */
export function readLint(
  tool: ToolId,
  printed: Printed,
  invocation: Invocation,
): readonly Finding[] {
  if (!isRed(printed)) return []
  const files = eslintReport(printed.stdout)
  if (files === null) return unreadable(tool, printed)
  const findings = files.flatMap((file) =>
    blamed(file, warningsCount(files, invocation)).map((message) =>
      found(tool, {
        rule: message.ruleId,
        file: located(file.filePath, printed.root, invocation),
        line: message.line ?? null,
        column: message.column ?? null,
        message: message.message,
      }),
    ),
  )
  return findings.length > 0 ? findings : unreadable(tool, printed)
}

function blamed({ messages }: LintedFile, warningsToo: boolean): readonly LintMessage[] {
  return warningsToo ? messages : messages.filter(({ severity }) => severity === 2)
}

function warningsCount(files: readonly LintedFile[], { argv }: Invocation): boolean {
  const most = valueOf(argv, '--max-warnings')
  const warnings = files.flatMap(({ messages }) => messages).filter((each) => each.severity === 1)
  return most !== null && Number(most) >= 0 && warnings.length > Number(most)
}

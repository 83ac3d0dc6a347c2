import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { eslintReport, type LintMessage } from '../tools/eslint-report.ts'
import { located } from '../tools/found.ts'
import { firstSentence } from '../tools/plain-text.ts'
import { keptOptions, type Program } from './kept-options.ts'
import { callTool, type Complaint, fromDirectory } from './tool-call.ts'

export interface Linted {
  readonly file: string
  readonly messages: readonly LintMessage[]
}

/** What eslint or xo says about some files with a patch laid over them, with its fixes and suggestions. */
export async function lintReport(
  request: FixRequest,
  { invocation, files }: Complaint,
  patch: Patch,
): Promise<readonly Linted[]> {
  const program: Program = invocation.tool === 'xo' ? 'xo' : 'eslint'
  const format = program === 'xo' ? ['--reporter=json'] : ['--format', 'json']
  const paths = fromDirectory(invocation.directory, files)
  const { stdout } = await callTool(request, {
    directory: invocation.directory,
    argv: [program, ...keptOptions(program, invocation), ...format, ...paths],
    patch,
    collect: false,
  })
  const [directory = '', ...printed] = stdout.split('\n')
  const here = { ...invocation, directory: '.' }
  return (eslintReport(printed.join('\n')) ?? []).flatMap(({ filePath, messages }) => {
    const inside = located(filePath, directory, here)
    const file = inside === null ? null : located(inside, null, invocation)
    return file === null ? [] : [{ file, messages }]
  })
}

/** Whether a message is one of the findings, as long as the text has not moved. */
export function isAbout(message: LintMessage, findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) =>
      finding.rule === message.ruleId &&
      finding.line === (message.line ?? null) &&
      finding.message === firstSentence(message.message),
  )
}

import type { Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { readTests } from './test-report.ts'
import { vitestPlain } from './vitest-plain.ts'

export const vitest: Tool = {
  id: 'vitest',
  reporting: ({ argv }, reportFile) => ({
    // One kind of --outputFile only: with both, vitest writes no file (fixers.md B3).
    argv: command(
      without(argv, { valued: ['--reporter', '--outputFile', '--outputFile.json', '--reporters'] }),
      '--reporter=json',
      `--outputFile=${reportFile}`,
    ),
    reportFile,
  }),
  parse: (printed, invocation) => readTests('vitest', printed, invocation),
  plain: vitestPlain,
}

import type { Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { jestPlain } from './jest-plain.ts'
import { readTests } from './test-report.ts'

export const jest: Tool = {
  id: 'jest',
  reporting: ({ argv }, reportFile) => ({
    argv: command(
      without(argv, { flags: ['--json'], valued: ['--outputFile', '--reporters'] }),
      '--json',
      `--outputFile=${reportFile}`,
    ),
    reportFile,
  }),
  parse: (printed, invocation) => readTests('jest', printed, invocation),
  plain: jestPlain,
}

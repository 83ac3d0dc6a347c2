import type { Tool } from '#ports/tool.ts'

import { command, optionsOf, without } from './arguments.ts'
import { jestPlain } from './jest-plain.ts'
import { readTests } from './test-report.ts'

/** Options that say which tests there are and how they run, with a value behind them. */
const placing = ['--config', '-c', '--rootDir', '--selectProjects', '--env', '--testEnvironment']

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
  related: ({ argv }, files) => [
    argv[0] ?? 'jest',
    ...optionsOf(without(argv, { flags: ['--coverage', '--watch', '--ci'] }), placing),
    // A part of the tests covers a part of the code, and may be none.
    '--passWithNoTests',
    '--coverage=false',
    '--findRelatedTests',
    ...files,
  ],
  parse: (printed, invocation) => readTests('jest', printed, invocation),
  plain: jestPlain,
}

import type { Tool } from '#ports/tool.ts'

import { command, optionsOf, without } from './arguments.ts'
import { readTests } from './test-report.ts'
import { vitestPlain } from './vitest-plain.ts'

/** Options that say which tests there are and how they run, with a value behind them. */
const placing = ['--config', '-c', '--project', '--root', '-r', '--dir', '--environment', '--pool']

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
  related: ({ argv }, files) => [
    argv[0] ?? 'vitest',
    'related',
    '--run',
    // A part of the tests covers a part of the code, and may be none.
    '--passWithNoTests',
    '--coverage.enabled=false',
    ...optionsOf(without(argv, { flags: ['--coverage', '--run', '--watch', '-w'] }), placing),
    ...files,
  ],
  parse: (printed, invocation) => readTests('vitest', printed, invocation),
  plain: vitestPlain,
}

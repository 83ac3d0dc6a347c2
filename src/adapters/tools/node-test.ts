import type { Tool } from '#ports/tool.ts'

import { without } from './arguments.ts'
import { isRed, unreadable } from './found.ts'
import { nodeSpec } from './node-spec.ts'
import { readTap, tapIn } from './tap.ts'
import { noTests } from './test-report.ts'

/** Node's own test runner, through the TAP that every version since 18 can write. */
export const nodeTest: Tool = {
  id: 'node-test',
  reporting: ({ argv }, reportFile) => {
    const [program = 'node', ...rest] = without(argv, {
      valued: ['--test-reporter', '--test-reporter-destination'],
    })
    const options = ['--test-reporter=tap', `--test-reporter-destination=${reportFile}`]
    return { argv: [program, ...options, ...rest], reportFile }
  },
  parse: (printed, invocation) => {
    const tap = tapIn(printed.report ?? printed.stdout)
    if (tap === null) return isRed(printed) ? unreadable('node-test', printed) : []
    const findings = readTap(tap, { printed, invocation })
    if (findings.length > 0) return findings
    if (tap.some((line) => line === '# tests 0')) return [noTests('node-test')]
    return isRed(printed) ? unreadable('node-test', printed) : []
  },
  plain: (printed, invocation) => {
    if (!isRed(printed))
      return /^(?:ℹ|#) tests 0$/m.test(printed.stdout) ? [noTests('node-test')] : []
    const tap = tapIn(printed.stdout)
    const run = { printed, invocation }
    const findings = tap === null ? nodeSpec(run) : readTap(tap, run)
    return findings !== null && findings.length > 0 ? findings : null
  },
}

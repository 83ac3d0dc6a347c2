import { z } from 'zod'

import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable, withoutRoot } from './found.ts'
import { fileThatDoesNotLoad } from './load-failure.ts'
import { saidBy } from './test-message.ts'
import { frameIn, noTests } from './test-report.ts'

const failure = z.object({
  fullTitle: z.string(),
  file: z.string().nullish(),
  err: z.object({ stack: z.string(), message: z.string() }).partial(),
})
const report = z.object({
  stats: z.object({ tests: z.number() }),
  failures: z.array(failure),
})
type Report = z.infer<typeof report>

const reporters = ['--reporter', '-R', '--reporter-option', '--reporter-options', '-O']

export const mocha: Tool = {
  id: 'mocha',
  reporting: ({ argv }, reportFile) => {
    const json = ['--reporter', 'json', '--reporter-option', `output=${reportFile}`]
    return { argv: command(without(argv, { valued: reporters }), ...json), reportFile }
  },
  parse: (printed, invocation) => {
    const read = reportIn(printed.report)
    // A file that cannot be loaded ends mocha before it reports anything.
    if (read === null)
      return fileThatDoesNotLoad('mocha', printed, invocation) ?? unreadable('mocha', printed)
    const findings = read.failures.map((each) => findingOf(each, printed, invocation))
    if (findings.length > 0) return findings
    if (read.stats.tests === 0) return [noTests('mocha')]
    return isRed(printed) ? unreadable('mocha', printed) : []
  },
  plain: (printed, invocation) => {
    if (isRed(printed)) return fileThatDoesNotLoad('mocha', printed, invocation)
    return /^\s*0 passing\b/m.test(printed.stdout) ? [noTests('mocha')] : []
  },
}

function reportIn(text: string | null): Report | null {
  if (text === null) return null
  try {
    return report.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function findingOf(
  { fullTitle, file, err }: Report['failures'][number],
  { root }: Printed,
  invocation: Invocation,
): Finding {
  const path = located(file ?? '', root, invocation)
  const text = withoutRoot(err.stack ?? err.message ?? '', root)
  const place = frameIn(text, path) ?? {}
  return found('mocha', { file: path, subject: fullTitle, ...place, ...saidBy(text) })
}

import { z } from 'zod'

import type { Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { found, located, unreadable, withoutRoot } from './found.ts'
import { linesOf } from './plain-text.ts'
import { saidBy, saidByFile } from './test-message.ts'

const test = z.object({
  ancestorTitles: z.array(z.string()),
  title: z.string(),
  status: z.string(),
  failureMessages: z.array(z.string()).nullish(),
  location: z.object({ line: z.number(), column: z.number() }).nullish(),
})
const file = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  assertionResults: z.array(test),
})
const report = z.object({
  numTotalTests: z.number(),
  numFailedTests: z.number(),
  numPassedTests: z.number(),
  success: z.boolean(),
  snapshot: z.object({ unmatched: z.number(), unchecked: z.number() }).partial().nullish(),
  testResults: z.array(file),
})

export type TestReport = z.infer<typeof report>
type TestFile = z.infer<typeof file>
type Test = z.infer<typeof test>

/** The JSON that jest invented and vitest took over; null when the text is none. */
export function testReport(text: string | null): TestReport | null {
  if (text === null) return null
  try {
    return report.safeParse(JSON.parse(text.slice(Math.max(text.indexOf('{'), 0)))).data ?? null
  } catch {
    return null
  }
}

/** Findings of a test run: failed tests, files that could not be loaded, and a run without tests. */
export function readTests(
  tool: ToolId,
  printed: Printed,
  invocation: Invocation,
): readonly Finding[] {
  const read = testReport(printed.report ?? printed.stdout)
  if (read === null) return unreadable(tool, printed)
  const findings = read.testResults.flatMap(fileFindings)
  if (findings.length > 0) return findings
  if (read.numTotalTests === 0) return [noTests(tool)]
  return read.success ? [] : unreadable(tool, printed)

  function fileFindings(each: TestFile): Finding[] {
    const path = located(each.name, printed.root, invocation)
    const failed = each.assertionResults.filter(({ status }) => status === 'failed')
    const tests = failed.map((one) => testFinding(one, path))
    // A file that cannot be imported has no tests, only a message (fixers.md B3).
    const silent = tests.length === 0 && each.status === 'failed'
    return silent ? [suiteFinding(each, path)] : tests
  }

  function testFinding(one: Test, path: string | null): Finding {
    const text = withoutRoot(one.failureMessages?.[0] ?? '', printed.root)
    const place = frameIn(text, path) ?? one.location ?? {}
    const subject = [...one.ancestorTitles, one.title].join(' > ')
    return found(tool, { file: path, subject, ...place, ...saidBy(text) })
  }

  function suiteFinding(each: TestFile, path: string | null): Finding {
    const text = withoutRoot(each.message ?? '', printed.root)
    const told = tool === 'jest' ? (text.split('Test suite failed to run').at(1) ?? text) : text
    return found(tool, { file: path, ...saidByFile(told) })
  }
}

/** A run that executed nothing proves nothing (fixers.md A5): it counts as a failure, whatever its exit code. */
export function noTests(tool: ToolId): Finding {
  return found(tool, { rule: 'no-tests', message: 'No test was executed' })
}

/** Where the test's own file stands in the stack: the failing line rather than the test's first. */
export function frameIn(
  text: string,
  path: string | null,
): { readonly line: number; readonly column: number } | null {
  if (path === null) return null
  for (const line of linesOf(text)) {
    const at = line.indexOf(`${path}:`)
    const place = at === -1 ? null : /^:(\d{1,9}):(\d{1,9})/.exec(line.slice(at + path.length))
    if (place) return { line: Number(place[1]), column: Number(place[2]) }
  }
  return null
}

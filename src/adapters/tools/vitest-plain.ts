import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { found, isRed, located, withoutRoot } from './found.ts'
import { linesOf, numberBefore } from './plain-text.ts'
import { saidBy, saidByFile } from './test-message.ts'
import { frameIn, noTests } from './test-report.ts'

/** One ` FAIL ` header: a file, and a test in it unless the whole file failed. */
interface Header {
  readonly path: string
  readonly test: string | null
}

/** What vitest's own reporters print; null unless it adds up to the counts at the end. */
export function vitestPlain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  if (invocation.argv.some((each) => /^--(?:root|dir|config|project)\b/.test(each))) return null
  const lines = linesOf(`${printed.stdout}\n${printed.stderr}`)
  if (lines.some((line) => line.startsWith('No test files found'))) return [noTests('vitest')]
  if (!isRed(printed)) return ranNothing(lines) ? [noTests('vitest')] : []
  const findings = failuresIn(lines).flatMap(({ headers, body }) => {
    const text = withoutRoot(body, printed.root)
    const test = saidBy(text)
    const whole = saidByFile(text)
    return headers.map((header) => {
      const file = located(header.path, printed.root, invocation)
      const said = header.test === null ? whole : test
      return found('vitest', { file, subject: header.test, ...frameIn(text, file), ...said })
    })
  })
  return addsUp(findings, lines) ? findings : null
}

function failuresIn(lines: readonly string[]) {
  const failures: { headers: Header[]; body: string }[] = []
  for (const line of lines) {
    const header = headerOf(line)
    const last = failures.at(-1)
    // Tests that failed alike share one message below several headers.
    if (header && last?.body === '') last.headers.push(header)
    else if (header) failures.push({ headers: [header], body: '' })
    else if (last && line.trim() !== '' && last.body.length < 20_000) last.body += `${line}\n`
  }
  return failures
}

/** ` FAIL  |project| src/a.test.ts:2:23 > math > adds` or ` FAIL  src/a.test.ts [ src/a.test.ts ]`. */
function headerOf(line: string): Header | null {
  if (!line.startsWith(' FAIL  ')) return null
  const text = line.slice(7).replace(/^\|[^|]{1,100}\| /, '')
  const [place = '', ...titles] = text.split(' > ')
  const path = place.split(' [ ', 1)[0] ?? ''
  const test = titles.length === 0 ? null : titles.join(' > ').trim()
  return { path: path.trim().replace(/:\d{1,9}:\d{1,9}$/, ''), test }
}

function addsUp(findings: readonly Finding[], lines: readonly string[]): boolean {
  const tests = findings.filter(({ subject }) => subject !== null)
  const summary = lines.findLast((line) => /^ +Test Files {2}/.test(line))
  const counts = lines.findLast((line) => /^ +Tests {2}/.test(line)) ?? ''
  if (summary === undefined || lines.some((line) => / Errors {2}\d/.test(line))) return false
  const files = new Set(findings.map(({ file }) => file)).size
  const agree = files === (numberBefore(summary, 'failed') ?? 0)
  return agree && findings.length > 0 && tests.length === (numberBefore(counts, 'failed') ?? 0)
}

function ranNothing(lines: readonly string[]): boolean {
  const counts = lines.findLast((line) => /^ +Tests {2}/.test(line))
  return counts !== undefined && !/\d+ (?:passed|failed)/.test(counts)
}

import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { distinct, found, isRed, located, withoutRoot } from './found.ts'
import { linesOf, numberBefore } from './plain-text.ts'
import { saidBy, saidByFile } from './test-message.ts'
import { frameIn, noTests } from './test-report.ts'

interface Block {
  readonly path: string
  readonly title: string
  body: string
}

const wholeFile = 'Test suite failed to run'

/** What jest's default reporter prints; null unless it adds up to the counts at the end. */
export function jestPlain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  if (
    invocation.argv.some((each) =>
      /^--(?:rootDir|projects|config|selectProjects)\b|^-c$/.test(each),
    )
  )
    return null
  const lines = linesOf(`${printed.stderr}\n${printed.stdout}`)
  if (lines.some((line) => line.startsWith('No tests found'))) return [noTests('jest')]
  if (!isRed(printed)) return ranNothing(lines) ? [noTests('jest')] : []
  const findings = distinct(blocksIn(lines).map(findingOf))
  return addsUp(findings, lines) ? findings : null

  function findingOf({ path, title, body }: Block): Finding {
    const file = located(path, printed.root, invocation)
    const subject = title === wholeFile ? null : title.replaceAll(' › ', ' > ')
    const text = withoutRoot(body, printed.root)
    const said = subject === null ? saidByFile(text) : saidBy(text)
    return found('jest', { file, subject, ...frameIn(text, file), ...said })
  }
}

function blocksIn(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let path = ''
  for (const line of lines) {
    const next = pathFrom(line)
    path = next ?? path
    if (next === null && path !== '') readInto(blocks, line, path)
  }
  return blocks
}

function readInto(blocks: Block[], line: string, path: string): void {
  const title = /^ {2}● (.+)$/.exec(line)?.[1]
  const open = blocks.at(-1)
  if (title !== undefined && title !== 'Console') blocks.push({ path, title, body: '' })
  else if (open && open.body.length < 20_000) open.body += `${line}\n`
}

/** The file whose failures follow; '' where no file's do; null on any other line. */
function pathFrom(line: string): string | null {
  if (line.startsWith('Test Suites:') || line.startsWith('PASS ')) return ''
  if (!line.startsWith('FAIL ')) return null
  const words = line.replace(/ \([\d.]{1,9} m?s\)$/, '').split(' ')
  return words.at(-1) ?? ''
}

function addsUp(findings: readonly Finding[], lines: readonly string[]): boolean {
  const suites = lines.findLast((line) => line.startsWith('Test Suites:'))
  const tests = lines.findLast((line) => line.startsWith('Tests: ')) ?? ''
  if (suites === undefined || findings.length === 0) return false
  const files = new Set(findings.map(({ file }) => file)).size
  const named = findings.filter(({ subject }) => subject !== null).length
  const agree = files === (numberBefore(suites, 'failed') ?? 0)
  return agree && named === (numberBefore(tests, 'failed') ?? 0)
}

function ranNothing(lines: readonly string[]): boolean {
  const counts = lines.findLast((line) => line.startsWith('Tests: '))
  return counts !== undefined && !/\d+ (?:passed|failed)/.test(counts)
}

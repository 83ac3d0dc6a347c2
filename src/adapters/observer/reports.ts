import { randomUUID } from 'node:crypto'

import { quote } from 'shell-quote'

import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { tools } from '../tools/tools.ts'
import type { Observed } from './findings.ts'
import { programPath } from './program-path.ts'
import { environmentOf, preparation, rootOf } from './verdict.ts'

/** Asks tools for their machine-readable reports, all in one sandbox, and reads them. */
export async function runReports(
  { workspace, check, patch }: Observed,
  invocations: readonly Invocation[],
): Promise<readonly Finding[]> {
  // The mark is made up anew each time, so that a report cannot contain it by accident.
  const mark = `@@${randomUUID()}`
  const result = await workspace.run(patch, {
    command: [
      'pwd -P',
      'set +e',
      ...inDirectory(check.directory, [...preparation(check), ':']),
      `mkdir -p ${folder(mark)}`,
      ...invocations.flatMap((each, at) => reportScript(each, at, mark)),
      `rm -rf ${folder(mark)}`,
    ].join('\n'),
    directory: '.',
    env: environmentOf(check),
  })
  const [first = '', ...rest] = result.stdout.split('\n')
  const parts = partsOf(rest, mark)
  const root = rootOf(first, '.')
  return invocations.flatMap((invocation, at) => {
    const printed = printedIn(parts, at)
    return printed ? tools[invocation.tool].parse({ ...printed, root }, invocation) : []
  })
}

function folder(mark: string): string {
  return `/tmp/goalkeeper-${mark.slice(2)}`
}

function inDirectory(directory: string, lines: readonly string[]): readonly string[] {
  return ['(', `cd ${quote([directory])}`, ...lines, ') > /dev/null 2>&1 < /dev/null']
}

/** Runs one tool with its output in files, then prints the files, each behind a line with the mark. */
function reportScript(invocation: Invocation, at: number, mark: string): readonly string[] {
  const base = `${folder(mark)}/${at}`
  const { argv } = tools[invocation.tool].reporting(invocation, `${base}.report`)
  const run = `cd ${quote([invocation.directory])} && ${programPath(invocation.directory)} ${quote([...argv])}`
  const heading = (part: string) => `printf '\\n%s\\n' '${mark} ${at} ${part}'`
  return [
    `( ${run} ) > ${base}.stdout 2> ${base}.stderr < /dev/null`,
    `printf '\\n%s%s\\n' '${mark} ${at} code ' "$?"`,
    ...['stdout', 'stderr', 'report'].flatMap((part) => [
      heading(part),
      `cat ${base}.${part} 2> /dev/null`,
    ]),
  ]
}

/** The text behind each heading; a report that is not there is null rather than empty. */
function partsOf(lines: readonly string[], mark: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string[]>()
  let open: string[] = []
  for (const line of lines) {
    if (line.startsWith(`${mark} `)) {
      open = []
      parts.set(line.slice(mark.length + 1), open)
    } else open.push(line)
  }
  return new Map([...parts].map(([heading, text]) => [heading, text.join('\n').trimEnd()]))
}

function printedIn(parts: ReadonlyMap<string, string>, at: number): Printed | null {
  const code = [...parts.keys()].find((heading) => heading.startsWith(`${at} code `))
  if (code === undefined) return null
  return {
    stdout: parts.get(`${at} stdout`) ?? '',
    stderr: parts.get(`${at} stderr`) ?? '',
    report: parts.get(`${at} report`) || null,
    end: { kind: 'exited', exitCode: Number(code.split(' ').at(-1)) },
  }
}

import { z } from 'zod'

import type { Finding } from '#domain/finding.ts'
import type { Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'

const issue = z.object({
  name: z.string(),
  line: z.number().optional(),
  col: z.number().optional(),
})
const issues = z.looseObject({ file: z.string() })
const report = z.object({
  files: z.array(z.string()).default([]),
  issues: z.array(issues).default([]),
})

export const knip: Tool = {
  id: 'knip',
  reporting: ({ argv }) => ({
    argv: command(
      without(argv, { flags: ['--fix'], valued: ['--reporter'] }),
      '--reporter',
      'json',
    ),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    const read = reportIn(printed.stdout)
    const place = (path: string) => located(path, printed.root, invocation)
    const unused = (read?.files ?? []).map((path) =>
      found('knip', { rule: 'files', file: place(path), message: 'Unused file' }),
    )
    const others = (read?.issues ?? []).flatMap((each) => issueFindings(each, place(each.file)))
    const findings = [...unused, ...others]
    return findings.length > 0 ? findings : unreadable('knip', printed)
  },
}

function reportIn(text: string): z.infer<typeof report> | null {
  const begin = text.indexOf('{')
  try {
    return report.safeParse(JSON.parse(text.slice(Math.max(begin, 0)))).data ?? null
  } catch {
    return null
  }
}

/** Every list of an entry is a kind of issue: dependencies, unlisted, exports, types, and files since version 6. */
function issueFindings(entry: z.infer<typeof issues>, file: string | null): Finding[] {
  return Object.entries(entry).flatMap(([rule, value]) =>
    (z.array(issue).safeParse(value).data ?? []).map(({ name, line, col }) =>
      found('knip', {
        rule,
        file,
        subject: name,
        line: line ?? null,
        column: col ?? null,
        message: `${rule}: ${name}`,
      }),
    ),
  )
}

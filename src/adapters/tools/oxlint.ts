import { z } from 'zod'

import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, valueOf, without } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'
import { framed } from './graphical.ts'
import { linesOf } from './plain-text.ts'

const span = z.object({ line: z.number().optional(), column: z.number().optional() })
const report = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.string().optional(),
      severity: z.string(),
      filename: z.string().optional(),
      labels: z.array(z.object({ span: span.optional() })).default([]),
    }),
  ),
})

export const oxlint: Tool = {
  id: 'oxlint',
  reporting: ({ argv }) => ({
    argv: command(without(argv, { valued: ['-f', '--format'] }), '--format', 'json'),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    const read = report.safeParse(jsonIn(printed.stdout))
    if (!read.success || read.data.diagnostics.length === 0) return unreadable('oxlint', printed)
    const all = read.data.diagnostics.map((each) => ({ ...each, ...each.labels[0]?.span }))
    return counted(all, invocation).map(({ code = null, filename = '', line, column, message }) =>
      found('oxlint', {
        rule: code,
        file: located(filename, printed.root, invocation),
        line: line ?? null,
        column: column ?? null,
        message,
      }),
    )
  },
  plain,
}

function jsonIn(text: string): unknown {
  const begin = text.indexOf('{')
  try {
    return JSON.parse(text.slice(Math.max(begin, 0)))
  } catch {
    return null
  }
}

/** Warnings count only where the command lets them fail it, or where there is nothing else to blame. */
function counted<T extends { severity: string }>(all: readonly T[], invocation: Invocation): T[] {
  const errors = all.filter((each) => !isWarning(each))
  return blamesWarnings(all, invocation) || errors.length === 0 ? [...all] : errors
}

function blamesWarnings(
  all: readonly { readonly severity: string }[],
  { argv }: Invocation,
): boolean {
  const most = valueOf(argv, '--max-warnings')
  const over = most !== null && all.filter(isWarning).length > Number(most)
  return over || argv.includes('--deny-warnings')
}

function isWarning({ severity }: { readonly severity: string }): boolean {
  return severity !== 'error'
}

function plain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const text = `${printed.stdout}\n${printed.stderr}`
  const summary = linesOf(text).find((line) => /^Found \d+ warnings? and \d+ errors?\./.test(line))
  const frames = framed(text)
  const sum = (summary?.match(/\d+/g) ?? []).reduce((all, each) => all + Number(each), 0)
  if (summary === undefined || frames.length === 0 || frames.length !== sum) return null
  // Warnings alone may not be what made the command red: its own exit code will tell.
  if (!blamesWarnings(frames, invocation) && frames.every(isWarning)) return null
  return counted(frames, invocation).map(({ text: said, path, line, column }) => {
    const [, rule = null, message = said] = /^([\w@/-]+\([\w/-]+\)): (.*)$/.exec(said) ?? []
    return found('oxlint', {
      rule,
      file: located(path, printed.root, invocation),
      line,
      column,
      message,
    })
  })
}

import { z } from 'zod'

const fix = z.object({ range: z.tuple([z.number(), z.number()]), text: z.string() })

const message = z.object({
  ruleId: z.string().nullable(),
  severity: z.number(),
  message: z.string(),
  fatal: z.boolean().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  endLine: z.number().nullish(),
  endColumn: z.number().nullish(),
  fix: fix.nullish(),
  suggestions: z
    .array(z.object({ messageId: z.string().optional(), desc: z.string(), fix }))
    .nullish(),
})

const report = z.array(z.object({ filePath: z.string(), messages: z.array(message) }))

export type LintFix = z.infer<typeof fix>
export type LintMessage = z.infer<typeof message>
export type LintedFile = z.infer<typeof report>[number]

/** What `eslint -f json` and `xo --reporter=json` print, or null when this is no such report. */
export function eslintReport(text: string): readonly LintedFile[] | null {
  // A config file may print before the report does, so the array is looked for on a line of its own.
  const begin = text.startsWith('[') ? 0 : text.indexOf('\n[{') + 1
  try {
    return report.safeParse(JSON.parse(text.slice(begin))).data ?? null
  } catch {
    return null
  }
}

import { z } from 'zod'

/** The tools whose verdicts we can read finding by finding; `command` is any other program, read by its exit code. @internal */
export const toolIds = [
  'prettier',
  'oxfmt',
  'biome',
  'eslint',
  'oxlint',
  'xo',
  'standard',
  'tsc',
  'vitest',
  'jest',
  'mocha',
  'ava',
  'node-test',
  'install',
  'knip',
  'command',
] as const
export const toolId = z.enum(toolIds)
export type ToolId = z.infer<typeof toolId>

/** These run tests: they say that a program does something wrong, and seldom where. */
export const testRunners: ReadonlySet<ToolId> = new Set([
  'vitest',
  'jest',
  'mocha',
  'ava',
  'node-test',
])

/**
 * One thing a tool complained about, in our words.
 * `file` is relative to the repository's root with forward slashes; `line` and `column` count from 1.
 * `subject` names what is at fault inside the file when the tool says so: a test's full name, an identifier.
 */
export const finding = z.strictObject({
  tool: toolId,
  rule: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  subject: z.string().nullable(),
  message: z.string(),
})
export type Finding = z.infer<typeof finding>

/** What makes two findings the same failure: tool, rule, file, subject and message; never the line, never a count. */
export function fingerprint(of: Finding): string {
  return [of.tool, of.rule, of.file, of.subject, normalised(of.message)].map(String).join(' | ')
}

/** Line and column numbers, durations and hex addresses move between runs without the failure changing. */
function normalised(message: string): string {
  return message
    .replaceAll(/\(?\b\d+:\d+\)?/g, '')
    .replaceAll(/\b\d+(?:\.\d+)?\s?ms\b/g, '')
    .replaceAll(/\b0x[\da-f]+\b/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

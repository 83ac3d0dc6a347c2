import { tool, type ToolSet } from 'ai'
import { z } from 'zod'

import type { Desk } from './desk.ts'

const path = z.string().min(1).max(260).describe('Relative to the root, with forward slashes.')

/** What a model may do: look, search, edit and run a check. `submit` ends the work and has nothing to execute. */
export function toolsAt(desk: Desk, clean: (text: string) => string) {
  const said = async (text: string | Promise<string>): Promise<string> => clean(await text)
  return {
    list: tool({
      description: 'Lists the files below a folder.',
      inputSchema: z.strictObject({ folder: z.string().max(260).default('') }),
      execute: ({ folder }) => said(desk.list(folder)),
    }),
    read: tool({
      description: 'Shows a file with line numbers. The numbers are not part of the text.',
      inputSchema: z.strictObject({ path, from: z.number().int().min(1).default(1) }),
      execute: (input) => said(desk.read(input.path, input.from)),
    }),
    search: tool({
      description: 'Finds the lines of all files that contain a text, whatever its case.',
      inputSchema: z.strictObject({ text: z.string().min(2).max(200) }),
      execute: ({ text }) => said(desk.search(text)),
    }),
    replace: tool({
      description: 'Replaces a text that stands exactly once in a file.',
      inputSchema: z.strictObject({ path, search: z.string().min(1), replace: z.string() }),
      execute: (input) => said(desk.replace(input.path, input.search, input.replace)),
    }),
    write: tool({
      description: 'Writes a new or a short file as a whole.',
      inputSchema: z.strictObject({ path, content: z.string() }),
      execute: (input) => said(desk.write(input.path, input.content)),
    }),
    run_check: tool({
      description: 'Runs a check of the repository on the files with your edits.',
      inputSchema: z.strictObject({ name: z.string().max(200) }),
      execute: ({ name }) => said(desk.check(name)),
    }),
    submit: tool({
      description:
        'Ends your work. Say in one or two sentences what was wrong and what you changed.',
      inputSchema: z.strictObject({ rationale: z.string().max(2000) }),
    }),
  } satisfies ToolSet
}

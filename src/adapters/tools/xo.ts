import type { Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { readLint } from './eslint.ts'

export const xo: Tool = {
  id: 'xo',
  reporting: ({ argv }) => ({
    argv: command(without(argv, { valued: ['--reporter'] }), '--reporter=json'),
    reportFile: null,
  }),
  parse: (printed, invocation) => readLint('xo', printed, invocation),
}

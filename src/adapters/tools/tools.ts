import type { ToolId } from '#domain/finding.ts'
import type { Tool } from '#ports/tool.ts'

import { ava } from './ava.ts'
import { biome } from './biome.ts'
import { command } from './command.ts'
import { eslint } from './eslint.ts'
import { installTool } from './install.ts'
import { jest } from './jest.ts'
import { knip } from './knip.ts'
import { mocha } from './mocha.ts'
import { nodeTest } from './node-test.ts'
import { oxfmt } from './oxfmt.ts'
import { oxlint } from './oxlint.ts'
import { prettier } from './prettier.ts'
import { standard } from './standard.ts'
import { tsc } from './tsc.ts'
import { vitest } from './vitest.ts'
import { xo } from './xo.ts'

/** Every tool we can read, by its id. */
export const tools: Readonly<Record<ToolId, Tool>> = {
  prettier,
  oxfmt,
  biome,
  eslint,
  oxlint,
  xo,
  standard,
  tsc,
  vitest,
  jest,
  mocha,
  ava,
  'node-test': nodeTest,
  install: installTool,
  knip,
  command,
}

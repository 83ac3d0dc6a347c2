import { posix } from 'node:path'

import { quote } from 'shell-quote'

import type { Check } from '#domain/check.ts'

import { tools } from '../tools/tools.ts'

/** More files than these reach most tests anyway. */
const most = 50

/**
 * What of a check a change of these files can touch: the related tests where its runner knows them (`vitest related`,
 * `jest --findRelatedTests`), else the whole check.
 */
export function relatedTo(check: Check, files: readonly string[]): Check {
  const [runner, ...others] = check.invocations.filter(({ tool }) => 'related' in tools[tool])
  const known = files.length > 0 && files.length <= most
  if (runner === undefined || others.length > 0 || !known) return check
  const seen = files.map((file) => posix.relative(runner.directory, file))
  const argv = tools[runner.tool].related?.(runner, seen) ?? runner.argv
  return {
    ...check,
    name: `${check.name} (related tests)`,
    command: `npx --no ${quote([...argv])}`,
    directory: runner.directory,
    invocations: [{ ...runner, argv: [...argv] }],
  }
}

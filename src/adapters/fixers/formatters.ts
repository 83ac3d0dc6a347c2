import type { Invocation } from '#domain/check.ts'

import { keptOptions } from './kept-options.ts'

export type FormatterId = 'prettier' | 'oxfmt' | 'biome'

export function isFormatter(tool: string): tool is FormatterId {
  return Object.hasOwn(programs, tool)
}

/** Formats exactly the given files in place, with the options of the repository's own call. */
export function writeArguments(
  id: FormatterId,
  invocation: Pick<Invocation, 'argv'>,
  files: readonly string[],
): readonly string[] {
  return [...programs[id].write, ...keptOptions(id, invocation), ...files]
}

/** Prints the paths of those given files that are not formatted, and nothing else of use. */
export function listArguments(
  id: FormatterId,
  invocation: Pick<Invocation, 'argv'>,
  files: readonly string[],
): readonly string[] {
  return [...programs[id].list, ...keptOptions(id, invocation), ...files]
}

const programs: Readonly<
  Record<FormatterId, { readonly write: readonly string[]; readonly list: readonly string[] }>
> = {
  prettier: {
    write: ['prettier', '--write', '--log-level=warn', '--ignore-unknown'],
    list: ['prettier', '--list-different', '--ignore-unknown'],
  },
  oxfmt: { write: ['oxfmt', '--write'], list: ['oxfmt', '--list-different'] },
  biome: {
    write: ['biome', 'format', '--write', '--no-errors-on-unmatched'],
    list: ['biome', 'format', '--reporter=github', '--no-errors-on-unmatched'],
  },
}

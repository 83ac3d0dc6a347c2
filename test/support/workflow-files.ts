import { createChecks } from '#adapters/checks/checks.ts'
import type { FoundChecks } from '#ports/checks.ts'

import { directoryOf } from './files.ts'

/** The checks of a repository with these workflow files and package scripts. */
export async function checksIn(
  workflows: Readonly<Record<string, string>>,
  scripts: Readonly<Record<string, string>>,
  more: Parameters<typeof directoryOf>[0] = {},
) {
  const files = Object.entries(workflows).map(
    ([name, text]) => [`.github/workflows/${name}`, text] as const,
  )
  const { directory, remove } = directoryOf({
    'package.json': { scripts },
    ...Object.fromEntries(files),
    ...more,
  })
  try {
    return await createChecks().find(directory, null, [])
  } finally {
    remove()
  }
}

export function commandLines({ checks }: FoundChecks): string[] {
  return checks.map(
    ({ name, command, directory }) =>
      `${name}: ${command}${directory === '.' ? '' : ` in ${directory}`}`,
  )
}

export function reasonLines({ unreachable }: FoundChecks): string[] {
  return unreachable.map(({ name, because }) => `${name}: ${because}`)
}

/** The package scripts of an ordinary library. */
export const libraryScripts = {
  build: 'tsup',
  lint: 'eslint .',
  typecheck: 'tsc --noEmit',
  test: 'vitest run',
  format: 'prettier --write .',
}

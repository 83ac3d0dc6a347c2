import { z } from 'zod'

import type { FixRequest } from '#ports/fixer.ts'

import { type FormatterId, isFormatter } from './formatters.ts'

interface Found {
  readonly id: FormatterId
  readonly invocation: { readonly argv: [string, ...string[]] }
}

const manifest = z.object({
  scripts: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  prettier: z.unknown().optional(),
})

type Manifest = z.infer<typeof manifest>

/**
 * The formatter that the repository itself checks with: the one of this check, of a package script, or one that is
 * installed and configured. Null when there is none, so that nothing is formatted by taste.
 */
export function repositoryFormatter({
  workspace,
  patch,
  check,
}: Pick<FixRequest, 'workspace' | 'patch' | 'check'>): Found | null {
  const own = check.invocations.find(({ tool }) => isFormatter(tool))
  if (own && isFormatter(own.tool)) {
    const [program = own.tool, ...rest] = own.argv
    return { id: own.tool, invocation: { argv: [program, ...rest] } }
  }
  const text = workspace.read('package.json', patch)
  const read = (path: string): boolean => workspace.read(path, patch) !== null
  const id = text === null ? null : chosen(manifestIn(text), read)
  return id === null ? null : { id, invocation: { argv: [id] } }
}

function manifestIn(text: string): Manifest {
  try {
    return manifest.safeParse(JSON.parse(text)).data ?? {}
  } catch {
    return {}
  }
}

const ids: readonly FormatterId[] = ['prettier', 'oxfmt', 'biome']

const packages: Readonly<Record<FormatterId, string>> = {
  prettier: 'prettier',
  oxfmt: 'oxfmt',
  biome: '@biomejs/biome',
}

const configurations: Readonly<Record<FormatterId, readonly string[]>> = {
  prettier: [
    ['.prettierrc', '.prettierrc.json', '.prettierrc.yml', '.prettierrc.yaml', '.prettierrc.json5'],
    ['.prettierrc.js', '.prettierrc.cjs', '.prettierrc.mjs', '.prettierrc.ts', '.prettierrc.toml'],
    ['prettier.config.js', 'prettier.config.cjs', 'prettier.config.mjs', 'prettier.config.ts'],
  ].flat(),
  oxfmt: ['.oxfmtrc.json', '.oxfmtrc.jsonc'],
  biome: ['biome.json', 'biome.jsonc'],
}

function chosen(of: Manifest, read: (path: string) => boolean): FormatterId | null {
  const installed = { ...of.dependencies, ...of.devDependencies }
  const scripts = Object.values(of.scripts ?? {}).join('\n')
  return (
    ids.find((id) => {
      if (!Object.hasOwn(installed, packages[id])) return false
      const inPackage = id === 'prettier' && of.prettier !== undefined
      return scripts.includes(id) || inPackage || configurations[id].some(read)
    }) ?? null
  )
}

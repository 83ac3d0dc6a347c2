import type { ChangedFile } from '#domain/change.ts'
import type { CheatRule, Refusal } from '#domain/refusal.ts'

import { isManifest, isScript } from '../paths.ts'
import { shapeOf } from '../shape.ts'
import { meaningOf, syntaxOf } from '../syntax.ts'
import type { Difference } from './data.ts'
import { differences, readData } from './data.ts'

/** Rules of the repository that a fix may not bend. Stricter compiler options and other layout are welcome. */
export function changedConfiguration(file: ChangedFile): readonly Refusal[] {
  if (isManifest(file.path)) return manifestRefusals(file)
  if (isCompilerConfiguration(file.path)) return compilerRefusals(file)
  if (!isConfiguration(file.path) || sameMeaning(file)) return []
  return [refuse(file, 'configuration-changed', 'It changes the configuration of a tool.')]
}

export function isConfiguration(path: string): boolean {
  const name = path.split('/').at(-1) ?? ''
  return isCompilerConfiguration(path) || names.some((pattern) => pattern.test(name))
}

function isCompilerConfiguration(path: string): boolean {
  return /(?:^|\/)[tj]sconfig[^/]*\.json$/.test(path)
}

const names: readonly RegExp[] = [
  /^(?:\.?[\w-]+\.)+(?:config|setup|workspace|rc)\.(?:[cm]?[jt]s|json|jsonc|ya?ml|toml)$/,
  /^[\w-]+\.(?:config|setup|workspace)\.(?:[cm]?[jt]s|json|ya?ml)$/,
  /^\.[\w-]+rc(?:\.(?:[cm]?[jt]s|jsonc?|ya?ml|toml))?$/,
  /^\.\w+ignore$/,
  /^\.?(?:biome|knip|turbo|nx|lerna|deno|renovate|codecov|lefthook|jest|vitest|nyc|cypress|project)\.(?:jsonc?|ya?ml)$/,
  /^(?:pnpm-workspace\.yaml|\.editorconfig|makefile|justfile|taskfile\.ya?ml|dockerfile)$/i,
]

function sameMeaning({ path, before, after }: ChangedFile): boolean {
  if (before === null || after === null) return false
  if (isScript(path)) return withoutImports(path, before) === withoutImports(path, after)
  const [old, now] = [meaningOf(`${path}.json`, before), meaningOf(`${path}.json`, after)]
  if (old !== null) return old === now
  return significantLines(before) === significantLines(after)
}

/** Imports are judged by whoever resolves them. */
function withoutImports(path: string, text: string): string | null {
  const body = syntaxOf(path, text)?.program.body ?? null
  return (
    body &&
    body
      .filter(({ type }) => type !== 'ImportDeclaration')
      .map((node) => shapeOf(node))
      .join('\n')
  )
}

function significantLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
}

function compilerRefusals(file: ChangedFile): readonly Refusal[] {
  const [before, after] = [valueIn(file.before), valueIn(file.after)]
  return differences(before, after)
    .filter((difference) => !isStricter(difference))
    .map(({ path, before: old, after: now }) =>
      refuse(
        file,
        'configuration-changed',
        `It changes ${path.join('.') || 'the file'} from ${said(old)} to ${said(now)}.`,
      ),
    )
}

function isStricter({ path: [section, option = ''], after }: Difference): boolean {
  return section === 'compilerOptions' && strict.has(option) && after === true
}

const dependencies = /^(?:dev|peer|optional)?[dD]ependencies$/

function manifestRefusals(file: ChangedFile): readonly Refusal[] {
  return differences(valueIn(file.before), valueIn(file.after)).flatMap(({ path, after }) => {
    const [section = '', name = ''] = path
    if (section === 'scripts')
      return [refuse(file, 'script-changed', `It changes the script "${name}".`)]
    if (!dependencies.test(section))
      return [refuse(file, 'configuration-changed', `It changes "${section || 'everything'}".`)]
    return isRegistryRange(after)
      ? []
      : [
          refuse(
            file,
            'dependency-source',
            `It takes "${name}" from ${said(after)} instead of the registry.`,
          ),
        ]
  })
}

/** Gone, a version range, or another package of the same workspace. */
function isRegistryRange(value: unknown): boolean {
  if (value === undefined) return true
  return typeof value === 'string' && (/^(?:workspace|catalog):/.test(value) || !/[:/]/.test(value))
}

function valueIn(text: string | null) {
  return text === null ? undefined : (readData(text) ?? text)
}

function said(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function refuse({ path }: ChangedFile, rule: CheatRule, what: string): Refusal {
  return { rule, file: path, line: null, what }
}

const strict: ReadonlySet<string> = new Set([
  'strict',
  'noImplicitAny',
  'strictNullChecks',
  'strictFunctionTypes',
  'strictBindCallApply',
  'strictPropertyInitialization',
  'noImplicitThis',
  'useUnknownInCatchVariables',
  'alwaysStrict',
  'noUnusedLocals',
  'noUnusedParameters',
  'exactOptionalPropertyTypes',
  'noImplicitReturns',
  'noFallthroughCasesInSwitch',
  'noUncheckedIndexedAccess',
  'noImplicitOverride',
  'noPropertyAccessFromIndexSignature',
  'noUncheckedSideEffectImports',
  'noEmitOnError',
  'forceConsistentCasingInFileNames',
  'isolatedModules',
  'verbatimModuleSyntax',
])

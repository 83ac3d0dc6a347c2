/** What a package script is for, as far as its name says. */
export type ScriptKind = 'format' | 'lint' | 'types' | 'build' | 'test'

/** The script names that mean each kind, the ones that only look first. Sources: the scripts of common templates. */
const names: Readonly<Record<ScriptKind, readonly string[]>> = {
  format: words(
    'format:check check:format format-check check-format fmt:check check:fmt prettier:check check:prettier lint:format lint:prettier test:format formatcheck format:ci format fmt prettier',
  ),
  lint: words(
    'lint:check check:lint lint:ci lint lint:js lint:ts lint:eslint lint:es eslint eslint:check oxlint test:lint lint:code lint:oxlint biome biome:check biome:ci lint:biome xo lint:xo standard',
  ),
  types: words(
    'typecheck type-check check-types check:types types:check type:check lint:types test:types test:type tsc tsc:check ts:check check:ts lint:ts:types types check-type typescript test:typecheck type-checks typecheck:ci test:typescript test-types test:tsd tsd test:dts type-tests',
  ),
  build: words('build compile build:ts'),
  test: words(
    'test:ci test:unit test:run test unit unit-test tests vitest jest mocha ava test:node',
  ),
}

/** Scripts that gather others; used for what the kinds above did not cover. */
export const gathering = words('check ci validate verify check:all check-all checks qa')

/** The kinds in the order checks are named and run: cheapest first. */
export const kinds: readonly ScriptKind[] = ['format', 'lint', 'types', 'build', 'test']

/** The scripts of one kind, best first. */
export function scriptsOfKind(
  kind: ScriptKind,
  scripts: Readonly<Record<string, string>>,
): readonly string[] {
  return names[kind].filter((name) => Object.hasOwn(scripts, name))
}

function words(text: string): readonly string[] {
  return text.split(' ')
}

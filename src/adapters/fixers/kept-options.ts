import type { Invocation } from '#domain/check.ts'

import { optionsOf, without } from '../tools/arguments.ts'

export type Program = 'prettier' | 'oxfmt' | 'biome' | 'eslint' | 'oxlint' | 'xo' | 'standard'

interface Options {
  /** Options followed by a value of their own. */
  readonly valued: readonly string[]
  /** Options that say what to do, what to fail on or how to print, rather than what is right. */
  readonly doing: readonly string[]
  /** The same, followed by a value. */
  readonly doingValued: readonly string[]
}

/** The options by which a check's own call configures its tool: what a fixer's call of the same tool must repeat. */
export function keptOptions(program: Program, { argv }: Pick<Invocation, 'argv'>): string[] {
  const { valued, doing, doingValued } = options[program]
  const [name = program, ...rest] = argv
  const kept = without([name, ...rest], { flags: doing, valued: doingValued })
  return optionsOf(kept, valued)
}

const options: Readonly<Record<Program, Options>> = {
  prettier: {
    valued: [
      ['--config', '--ignore-path', '--plugin', '--parser', '--print-width', '--tab-width'],
      ['--trailing-comma', '--arrow-parens', '--end-of-line', '--quote-props', '--prose-wrap'],
    ].flat(),
    doing: ['--check', '-c', '--list-different', '-l', '--write', '-w', '--cache', '-u'],
    doingValued: ['--log-level', '--loglevel', '--cache-location', '--cache-strategy'],
  },
  oxfmt: {
    valued: ['-c', '--config', '--ignore-path'],
    doing: ['--check', '--list-different', '--write'],
    doingValued: ['--threads'],
  },
  biome: {
    valued: ['--config-path'],
    doing: [
      ['--write', '--fix', '--apply', '--unsafe', '--apply-unsafe', '--staged', '--changed'],
      ['--error-on-warnings', '--no-errors-on-unmatched', '--verbose', '--suppress'],
    ].flat(),
    doingValued: ['--reporter', '--max-diagnostics', '--diagnostic-level', '--colors', '--since'],
  },
  eslint: {
    valued: [
      ['-c', '--config', '--ext', '--rulesdir', '--plugin', '--parser', '--parser-options'],
      ['--resolve-plugins-relative-to', '--rule', '--ignore-path', '--ignore-pattern', '--env'],
      ['--global', '--flag'],
    ].flat(),
    doing: ['--fix', '--fix-dry-run', '--cache', '--color', '--no-color', '--quiet', '--debug'],
    doingValued: [
      ['-f', '--format', '-o', '--output-file', '--max-warnings', '--cache-location'],
      ['--cache-strategy', '--cache-file', '--fix-type', '--concurrency'],
    ].flat(),
  },
  oxlint: {
    valued: [
      ['-c', '--config', '--tsconfig', '-A', '--allow', '-W', '--warn', '-D', '--deny'],
      ['--ignore-path', '--ignore-pattern'],
    ].flat(),
    doing: ['--fix', '--fix-suggestions', '--fix-dangerously', '--quiet', '--deny-warnings'],
    doingValued: ['-f', '--format', '--max-warnings', '--threads'],
  },
  xo: {
    valued: ['--config', '--ignore', '--cwd', '--space'],
    doing: ['--fix', '--fix-dry-run', '--quiet', '--open'],
    doingValued: ['--reporter', '--max-warnings'],
  },
  standard: {
    valued: [
      '--ext',
      '--global',
      '--globals',
      '--plugin',
      '--plugins',
      '--env',
      '--envs',
      '--parser',
    ],
    doing: ['--fix', '--verbose'],
    doingValued: [],
  },
}

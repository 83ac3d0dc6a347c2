/** A command of a repository, as words. */
export type Command = readonly [program: string, ...words: string[]]

/** What a person would type in one of the bundled repositories. The checks are its own, cheapest first. */
export interface Commands {
  readonly install: Command
  readonly checks: Readonly<Record<string, Command>>
  readonly format: Command
  /** Runs the held-out tests after they were laid into the tree. */
  readonly heldOut: Command
}

const npmInstall: Command = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund']
const pnpm: Command = ['npm', 'exec', '--yes', '--package=pnpm@10.34.8', '--', 'pnpm']
const bin = 'node_modules/.bin'
const prettier: Command = [`${bin}/prettier`, '--check', '.']
const writePrettier: Command = [`${bin}/prettier`, '--write', '--ignore-unknown']
const vitest: Command = [`${bin}/vitest`, 'run']
const types: Command = [`${bin}/tsc`, '--noEmit']

export const commands: Readonly<Record<string, Commands>> = {
  ledger: {
    install: npmInstall,
    checks: { format: prettier, types, test: vitest, lint: [`${bin}/eslint`, '.'] },
    format: writePrettier,
    heldOut: vitest,
  },
  courier: {
    install: npmInstall,
    checks: { format: prettier, lint: [`${bin}/eslint`, '.'], test: [`${bin}/jest`, '--ci'] },
    format: writePrettier,
    heldOut: [`${bin}/jest`, '--ci'],
  },
  atlas: {
    install: [...pnpm, 'install', '--frozen-lockfile', '--ignore-scripts'],
    checks: { check: [`${bin}/biome`, 'ci', '.'], types: [`${bin}/tsc`, '--build'], test: vitest },
    format: [`${bin}/biome`, 'format', '--write'],
    heldOut: vitest,
  },
  beacon: {
    install: npmInstall,
    checks: {
      format: [`${bin}/oxfmt`, '--check'],
      lint: [`${bin}/oxlint`],
      types: [`${bin}/tsc`],
      test: vitest,
    },
    format: [`${bin}/oxfmt`],
    heldOut: vitest,
  },
  quill: {
    install: npmInstall,
    checks: {
      format: [`${bin}/prettier`, '--check', 'src', 'test'],
      lint: [`${bin}/eslint`, 'src', 'test'],
      types,
      test: [`${bin}/jest`, '--ci'],
    },
    format: writePrettier,
    heldOut: [`${bin}/jest`, '--ci'],
  },
}

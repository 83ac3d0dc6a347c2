interface Unwanted {
  /** Options that stand alone, e.g. `--check`. */
  readonly flags?: readonly string[]
  /** Options with a value, as `--format json` or `--format=json`. */
  readonly valued?: readonly string[]
}

/** An argument vector without some options. */
export function without(argv: readonly string[], { flags = [], valued = [] }: Unwanted): string[] {
  const kept: string[] = []
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? ''
    const name = argument.split('=', 1)[0] ?? ''
    if (valued.includes(name)) at += argument.includes('=') ? 0 : 1
    else if (!flags.includes(name)) kept.push(argument)
  }
  return kept
}

/** The options of an argument vector, with their values, and without the program and the files it names. */
export function optionsOf(argv: readonly string[], valued: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 1; at < argv.length; at += 1) {
    const argument = argv[at] ?? ''
    if (!argument.startsWith('-') || argument === '--') continue
    kept.push(argument)
    const next = argv[at + 1]
    if (valued.includes(argument) && next !== undefined) kept.push(next)
    if (valued.includes(argument)) at += 1
  }
  return kept
}

/** The value of an option, or null. */
export function valueOf(argv: readonly string[], option: string): string | null {
  const joined = argv.find((argument) => argument.startsWith(`${option}=`))
  if (joined) return joined.slice(option.length + 1)
  const at = argv.indexOf(option)
  return at === -1 ? null : (argv[at + 1] ?? null)
}

/** A non-empty argument vector: the program stays, whatever else was taken away. */
export function command(
  argv: readonly string[],
  ...more: readonly string[]
): [string, ...string[]] {
  const [program = 'false', ...rest] = argv
  return [program, ...rest, ...more]
}

import type { Invocation } from '#domain/check.ts'

import { invocationsOf } from './invocations.ts'
import type { Packages } from './packages.ts'
import { quoted } from './shell.ts'
import { checkingForm, writes } from './writers.ts'

/** A command that only judges, or why there is none. */
export type Judgement =
  | {
      readonly kind: 'judges'
      readonly command: string
      readonly invocations: readonly Invocation[]
    }
  | { readonly kind: 'none'; readonly because: string }

/**
 * A command as a judgement: itself when nothing behind it writes, else the checking form of the tools behind it.
 * `directory` is where it starts.
 */
export function judgementOf(command: string, directory: string, packages: Packages): Judgement {
  const invocations = invocationsOf(command, directory, packages)
  if (!invocations.some(({ argv }) => writes(argv))) return { kind: 'judges', command, invocations }
  const looking: Invocation[] = []
  for (const invocation of invocations) {
    const [program, ...rest] = checkingForm(invocation.argv) ?? []
    const strange = invocation.tool === 'command' && !writes(invocation.argv)
    if (program === undefined || strange || invocation.directory !== directory) {
      return { kind: 'none', because: `It changes files (${invocationText(invocations)}).` }
    }
    looking.push({ ...invocation, argv: [program, ...rest] })
  }
  const text = looking.map(({ argv }) => `npx --no-install ${argv.map(quoted).join(' ')}`)
  return { kind: 'judges', command: text.join(' && '), invocations: looking }
}

function invocationText(invocations: readonly Invocation[]): string {
  return invocations
    .filter(({ argv }) => writes(argv))
    .map(({ argv }) => argv.join(' '))
    .join(', ')
}

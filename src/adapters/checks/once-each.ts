import type { Check } from '#domain/check.ts'
import type { ToolId } from '#domain/finding.ts'
import type { FoundChecks } from '#ports/checks.ts'

/**
 * The same command found twice is one check, and so are two commands that call the same tools on the same files (a
 * script that fixes, in its checking form, beside the script that checks). Different checks of one name are told apart.
 */
export function onceEach({ checks, unreachable }: FoundChecks): FoundChecks {
  const byWork = new Map<string, Check>()
  for (const check of checks) {
    const key = workOf(check)
    const known = byWork.get(key)
    // A derived form spells out what the script of the repository says in short.
    if (known === undefined) byWork.set(key, check)
    else if (check.command.length < known.command.length) byWork.set(key, check)
  }
  const names = new Map<string, number>()
  const distinct = [...byWork.values()].map((check) => {
    const count = (names.get(check.name) ?? 0) + 1
    names.set(check.name, count)
    return count === 1 ? check : { ...check, name: `${check.name} (${count})` }
  })
  return { checks: distinct, unreachable: onceEachReason(unreachable, distinct) }
}

/** What a check does, where all of it is understood, or its command where not; and where. The same text is the same work. */
export function workOf({ command, invocations, before, directory }: Check): string {
  const known = invocations.every(({ tool }) => byFiles.has(tool))
  if (!known || invocations.length === 0) return `${directory}\0${command}`
  const calls = invocations.map(({ tool, argv, directory }) => {
    const words = argv.slice(1).filter((word) => !asking.test(word))
    return [tool, directory, ...words]
  })
  return `${directory}\0${JSON.stringify([before, calls])}`
}

/** Tools that are told their files; of all others every word counts. */
const byFiles: ReadonlySet<ToolId> = new Set(['prettier', 'oxfmt', 'eslint', 'oxlint', 'biome'])

/** The words that only say whether to write or to complain. */
const asking = /^(?:-c|--check|-l|--list-different|-w|--write|--fix)$/

/** What runs under another name here is not unreachable. */
function onceEachReason(
  unreachable: FoundChecks['unreachable'],
  checks: readonly Check[],
): FoundChecks['unreachable'] {
  const seen = new Set(checks.map(({ name }) => name))
  return unreachable.filter(({ name }) => {
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

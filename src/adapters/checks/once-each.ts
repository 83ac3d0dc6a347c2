import type { Check } from '#domain/check.ts'
import type { FoundChecks } from '#ports/checks.ts'

/** The same command found twice is one check, under its first name; different checks of one name are told apart. */
export function onceEach({ checks, unreachable }: FoundChecks): FoundChecks {
  const byCommand = new Map<string, Check>()
  for (const check of checks) {
    const key = `${check.directory}\0${check.command}`
    if (!byCommand.has(key)) byCommand.set(key, check)
  }
  const names = new Map<string, number>()
  const distinct = [...byCommand.values()].map((check) => {
    const count = (names.get(check.name) ?? 0) + 1
    names.set(check.name, count)
    return count === 1 ? check : { ...check, name: `${check.name} (${count})` }
  })
  return { checks: distinct, unreachable: onceEachReason(unreachable, distinct) }
}

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

import type { Check } from '#domain/check.ts'
import type { FoundChecks } from '#ports/checks.ts'

import { judgementOf } from './judgement.ts'
import { obstacleIn } from './obstacles.ts'
import type { Package, Packages } from './packages.ts'
import { gathering, kinds, scriptsOfKind } from './script-kinds.ts'
import type { ScriptKind } from './script-kinds.ts'
import { quoted } from './shell.ts'

/** The checks that the package scripts are: those of the root, else those of its workspaces. */
export function checksOfScripts(packages: Packages, manager: string): FoundChecks {
  const root = packages.at('.')
  const own = root === null ? nothing : checksOf(root, { packages, manager, prefix: '' })
  if (own.checks.length > 0) return own
  const inner = packages.workspaces.map((each) =>
    checksOf(each, { packages, manager, prefix: `${each.name ?? each.directory} / ` }),
  )
  return {
    checks: inner.flatMap(({ checks }) => checks),
    unreachable: [...own.unreachable, ...inner.flatMap(({ unreachable }) => unreachable)],
  }
}

const nothing: FoundChecks = { checks: [], unreachable: [] }

interface Around {
  readonly packages: Packages
  readonly manager: string
  readonly prefix: string
}

type Tried = Check | { readonly name: string; readonly because: string } | null

function checksOf(of: Package, around: Around): FoundChecks {
  const found = new Finding()
  for (const kind of kinds) tryKind(kind, { of, around, found })
  for (const name of gathering) {
    if (Object.hasOwn(of.scripts, name)) found.gather(scriptCheck(name, of, around))
  }
  return { checks: found.checks, unreachable: found.unreachable }
}

interface Trying {
  readonly of: Package
  readonly around: Around
  readonly found: Finding
}

/** The first script of a kind that only judges; several of lint and test may stand side by side. */
function tryKind(kind: ScriptKind, { of, around, found }: Trying): void {
  const several = kind === 'lint' || kind === 'test'
  for (const name of scriptsOfKind(kind, of.scripts)) {
    const tried = scriptCheck(name, of, around)
    if (kind === 'build' && !(isCheck(tried) && compiles(tried))) continue
    found.add(tried, several)
    if (isCheck(tried) && !several) return
  }
}

function scriptCheck(name: string, of: Package, { packages, manager, prefix }: Around): Tried {
  const label = `${prefix}${name}`
  if (/no test specified/.test(of.scripts[name] ?? '')) return null
  const judged = judgementOf(`${manager} run ${name}`, of.directory, packages)
  if (judged.kind === 'none') return { name: label, because: judged.because }
  const obstacle = obstacleIn(judged.invocations)
  if (obstacle !== null) return { name: label, because: obstacle }
  return {
    name: label,
    command: judged.command,
    directory: of.directory,
    origin: 'package-script',
    before: [],
    invocations: [...judged.invocations],
    mode: 'apply',
  }
}

function isCheck(tried: Tried): tried is Check {
  return tried !== null && 'command' in tried
}

/** A build is a check when a compiler judges in it. */
function compiles({ invocations }: Check): boolean {
  return invocations.some(({ tool }) => tool === 'tsc')
}

/** Gathers checks, each program call counted once. */
class Finding {
  readonly checks: Check[] = []
  readonly unreachable: { readonly name: string; readonly because: string }[] = []
  readonly #seen = new Set<string>()

  /** `onlyNew`: nothing is gained by a script whose every call another check makes already. */
  add(tried: Tried, onlyNew: boolean): void {
    if (tried === null) return
    if (!isCheck(tried)) {
      this.unreachable.push(tried)
      return
    }
    const keys = tried.invocations.map((each) => JSON.stringify(each))
    if (keys.length === 0 || (onlyNew && keys.every((key) => this.#seen.has(key)))) return
    for (const key of keys) this.#seen.add(key)
    this.checks.push(tried)
  }

  /** A script that gathers others: whole when all in it is new, else only the tools that nobody else runs. */
  gather(tried: Tried): void {
    if (tried === null || !isCheck(tried)) return
    const fresh = tried.invocations.filter((each) => !this.#seen.has(JSON.stringify(each)))
    if (fresh.length === tried.invocations.length) return this.add(tried, true)
    for (const invocation of fresh.filter(({ tool }) => tool !== 'command')) {
      const { argv, directory } = invocation
      const name = `${tried.name} / ${argv.join(' ')}`
      const command = `npx --no-install ${argv.map(quoted).join(' ')}`
      this.add({ ...tried, name, command, directory, invocations: [invocation] }, true)
    }
  }
}

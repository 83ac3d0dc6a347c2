import { quote } from 'shell-quote'

import { detectManager, isYarnFrom, lockfileUse, type Manager } from '../dependencies/manager.ts'
import { registryUrl } from '../sandbox/registry.ts'

/** How a repository's package manager repairs its lockfile, as shell lines. */
export interface LockCalls {
  readonly lockfile: string
  /** Writes the lockfile anew from the manifests and from what it already says, and nothing else. */
  readonly write: string
  /** Succeeds only where the lockfile says exactly what the manifests ask for. */
  readonly verify: string
  readonly env: Readonly<Record<string, string>>
}

/** The calls for the repository in a directory; null where it has no lockfile that is text. */
export async function lockCalls(source: string): Promise<LockCalls | null> {
  const manager = await detectManager(source)
  if (manager === null || manager.lockfile === null || lockfileUse(manager) === 'binary')
    return null
  const { write, verify } = argumentsOf(manager)
  const program = programOf(manager)
  const install = `${program} ${quote(['install', ...write])}`
  const check = `${program} ${quote([manager.name === 'npm' ? 'ci' : 'install', ...verify])}`
  return {
    lockfile: manager.lockfile,
    write: isClassic(manager) ? `${reachable} && ${install}` : install,
    verify: verify.length === 0 ? 'true' : check,
    env,
  }
}

/** Classic yarn loads from the addresses in its lockfile, of which only our registry is in reach. */
const reachable = `sed -i -E 's#https?://[^[:space:]"/]+(/[^@[:space:]"/]+)*/((@[^/"]+/)?[^/"]+/-/)#${registryUrl}\\2#' yarn.lock`

function isClassic(manager: Manager): boolean {
  return manager.name === 'yarn' && !isYarnFrom(2, manager)
}

/** Caches outside of the workspace, so that nothing of them is handed back. */
const env = {
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_store_dir: '/tmp/store',
  pnpm_config_store_dir: '/tmp/store',
  npm_config_manage_package_manager_versions: 'false',
  pnpm_config_manage_package_manager_versions: 'false',
  pnpm_config_pm_on_fail: 'ignore',
  YARN_CACHE_FOLDER: '/tmp/yarn',
  YARN_GLOBAL_FOLDER: '/tmp/yarn-global',
  BUN_INSTALL_CACHE_DIR: '/tmp/bun',
}

interface Arguments {
  readonly write: readonly string[]
  /** Empty where the manager has no such mode: the frozen install of the check itself has to tell. */
  readonly verify: readonly string[]
}

const classic = ['--ignore-scripts', '--ignore-engines', '--non-interactive', '--modules-folder']

function argumentsOf(manager: Manager): Arguments {
  const scripts = '--ignore-scripts'
  switch (manager.name) {
    case 'npm':
      return { write: ['--package-lock-only', scripts], verify: ['--dry-run', scripts] }
    case 'pnpm':
    case 'bun': {
      const only = ['--lockfile-only', scripts]
      const thaw = manager.name === 'pnpm' ? ['--no-frozen-lockfile'] : []
      return { write: [...only, ...thaw], verify: [...only, '--frozen-lockfile'] }
    }
    case 'yarn':
      return isYarnFrom(2, manager)
        ? { write: ['--mode=update-lockfile', '--no-immutable'], verify: [] }
        : {
            write: [...classic, '/tmp/modules'],
            verify: [...classic, '/tmp/modules', '--frozen-lockfile'],
          }
  }
}

/** Npm is always there; another manager may be mounted, else it comes through the registry in a version that fits. */
function programOf(manager: Manager): string {
  const { name } = manager
  if (name === 'npm') return 'npm'
  const version = manager.version ?? 'latest'
  if (name === 'bun') return `$(command -v bun || { ${bunFrom(version)}; })`
  const from = isYarnFrom(2, manager) ? '@yarnpkg/cli-dist' : name
  const wanted = quote([`--package=${from}@${version}`])
  return `$(command -v ${name} || echo npm exec --yes ${wanted} -- ${name})`
}

/** The package `bun` only works after its install script ran; those it would download hold the program itself. */
function bunFrom(version: string): string {
  const from = `@oven/bun-linux-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`
  const install = `npm install --prefix /tmp/manager ${quote([`${from}@${version}`])} >&2`
  return `${install} && echo /tmp/manager/node_modules/${from}/bin/bun`
}

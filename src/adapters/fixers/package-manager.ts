import { quote } from 'shell-quote'

import { detectManager, isModernYarn, type Manager } from '../dependencies/manager.ts'

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
  if (manager === null || manager.lockfile === null || manager.lockfile === 'bun.lockb') return null
  const { write, verify } = argumentsOf(manager)
  const program = programOf(manager)
  return {
    lockfile: manager.lockfile,
    write: `${program} ${quote(['install', ...write])}`,
    verify: `${program} ${quote([manager.name === 'npm' ? 'ci' : 'install', ...verify])}`,
    env,
  }
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
      return isModernYarn(manager)
        ? {
            write: ['--mode=update-lockfile', '--no-immutable'],
            verify: ['--mode=update-lockfile', '--immutable'],
          }
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
  const from = isModernYarn(manager) ? '@yarnpkg/cli-dist' : name
  const wanted = quote([`--package=${from}@${manager.version ?? 'latest'}`])
  return `$(command -v ${name} || echo npm exec --yes ${wanted} -- ${name})`
}

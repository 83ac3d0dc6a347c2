import { isYarnFrom, lockfileUse } from './manager.ts'
import type { Manager, ManagerName } from './manager.ts'

/** What an install keeps for itself below the workspace, on disk and thrown away with it. */
export const installCache = '/w/.goalkeeper-cache'

/** The install command of a manager: exactly what the lockfile says where there is one. */
export function installCommand(manager: Manager): readonly [string, ...string[]] {
  const frozen = lockfileUse(manager) === 'followed'
  switch (manager.name) {
    case 'npm':
      return frozen
        ? ['npm', 'ci', '--ignore-scripts']
        : ['npm', 'install', '--ignore-scripts', '--no-package-lock']
    case 'pnpm':
      return ['pnpm', 'install', '--ignore-scripts', ...(frozen ? ['--frozen-lockfile'] : pnpmFree)]
    case 'yarn':
      return isYarnFrom(2, manager) ? modernYarn(frozen) : classicYarn(frozen)
    case 'bun':
      return [
        'bun',
        'install',
        '--ignore-scripts',
        ...(frozen ? ['--frozen-lockfile'] : ['--no-save']),
      ]
  }
}

/** Settings a repository cannot change, beside those of every run with the registry. */
export function installEnvironment(manager: Manager): Readonly<Record<string, string>> {
  return {
    npm_config_cache: `${installCache}/npm`,
    TMPDIR: installCache,
    ...environments[manager.name],
    // Yarn 3 fails on a variable it does not know.
    ...(isYarnFrom(4, manager) && { YARN_ENABLE_HARDENED_MODE: 'false' }),
  }
}

const pnpmSettings = {
  store_dir: `${installCache}/pnpm`,
  package_import_method: 'copy',
  strict_dep_builds: 'false',
  manage_package_manager_versions: 'false',
}

const environments: Record<ManagerName, Readonly<Record<string, string>>> = {
  npm: {},
  pnpm: {
    ...Object.fromEntries(
      Object.entries(pnpmSettings).flatMap(([name, value]) => [
        [`npm_config_${name}`, value],
        [`pnpm_config_${name}`, value],
      ]),
    ),
    pnpm_config_pm_on_fail: 'ignore',
  },
  yarn: {
    YARN_CACHE_FOLDER: `${installCache}/yarn`,
    YARN_GLOBAL_FOLDER: `${installCache}/yarn-global`,
    YARN_NODE_LINKER: 'node-modules',
    YARN_NM_MODE: 'classic',
  },
  bun: { BUN_INSTALL_CACHE_DIR: `${installCache}/bun` },
}

const pnpmFree = ['--no-frozen-lockfile', '--no-lockfile']

function modernYarn(frozen: boolean): readonly [string, ...string[]] {
  return ['yarn', 'install', ...(frozen ? ['--immutable'] : ['--no-immutable'])]
}

function classicYarn(frozen: boolean): readonly [string, ...string[]] {
  const lock = frozen ? '--frozen-lockfile' : '--no-lockfile'
  return ['yarn', 'install', lock, '--ignore-scripts', '--ignore-engines', '--non-interactive']
}

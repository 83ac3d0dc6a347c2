import { registryUrl } from './registry.ts'

/** What every package manager obeys before any file of a repository, per setting as npm spells it. */
const settings: Readonly<Record<string, string>> = {
  registry: registryUrl,
  replace_registry_host: 'always',
  ignore_scripts: 'true',
  script_shell: '/bin/sh',
  git: '/bin/false',
  node_options: '--no-deprecation',
  userconfig: '/home/sandbox/.npmrc',
  globalconfig: '/home/sandbox/.npmrc-global',
  prefix: '/home/sandbox/global',
  cache: '/home/sandbox/.npm',
  // Between us and the client nothing gets lost; the mirror itself waits for the upstream.
  fetch_retry_mintimeout: '500',
  fetch_retry_maxtimeout: '2000',
  audit: 'false',
  fund: 'false',
  progress: 'false',
  update_notifier: 'false',
}

/** For runs with the registry: a hostile `.npmrc`, `.yarnrc.yml` or `bunfig.toml` finds these already decided. */
export const registryEnvironment: Readonly<Record<string, string>> = {
  ...named('npm_config_'),
  ...named('pnpm_config_'),
  YARN_REGISTRY: registryUrl,
  YARN_IGNORE_PATH: '1',
  YARN_NPM_REGISTRY_SERVER: registryUrl.replace(/\/$/, ''),
  YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_TELEMETRY: '0',
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_MIRROR: 'false',
  BUN_CONFIG_REGISTRY: registryUrl,
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  COREPACK_NPM_REGISTRY: registryUrl.replace(/\/$/, ''),
}

function named(prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`${prefix}${name}`, value]),
  )
}

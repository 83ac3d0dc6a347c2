/** Settings of an `.npmrc` that say what is installed and where to put it. All others could reach for what is not theirs. */
const plain = new Set([
  'auto-install-peers',
  'dedupe-peer-dependents',
  'enable-pre-post-scripts',
  'exclude-links-from-lockfile',
  'hoist',
  'hoist-pattern',
  'hoist-workspace-packages',
  'ignore-workspace-root-check',
  'include-workspace-root',
  'inject-workspace-packages',
  'install-links',
  'install-strategy',
  'legacy-peer-deps',
  'link-workspace-packages',
  'lockfile-include-tarball-url',
  'node-linker',
  'peers-suffix-max-length',
  'prefer-workspace-packages',
  'public-hoist-pattern',
  'resolution-mode',
  'resolve-peers-from-workspace-root',
  'save-exact',
  'save-prefix',
  'save-workspace-protocol',
  'shamefully-hoist',
  'shared-workspace-lockfile',
  'strict-peer-dependencies',
  'strict-peer-deps',
  'symlink',
])

/** An `.npmrc` without registries, credentials, programs and expanded variables. */
export function withPlainSettings(npmrc: string): string {
  const lines = npmrc.split(/\r?\n/).filter((line) => {
    const name = /^\s*([\w-]+)(?:\[\])?\s*=/.exec(line)?.[1]
    return name !== undefined && plain.has(name) && !line.includes('${')
  })
  return lines.map((line) => `${line}\n`).join('')
}

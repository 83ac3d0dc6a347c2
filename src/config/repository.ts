import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'

import { readStrictYaml } from './strict-yaml.ts'

/** The text of `.github/goalkeeper.yml` → the configuration, or the first thing that is wrong with it. Never throws. */
export function parseRepositoryConfiguration(
  text: string,
): ReturnType<ConfigurationReader['parse']> {
  const read = readStrictYaml(text, repositoryConfiguration)
  if (read.kind === 'valid') return { kind: 'valid', configuration: read.value }
  return { kind: 'invalid', ...read.complaints[0] }
}

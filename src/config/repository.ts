import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'

import { readStrictYaml } from './strict-yaml.ts'

type Read = ReturnType<ConfigurationReader['parse']>

/** A gate is looked at many times between two changes of its rules. */
let last: { readonly text: string; readonly read: Read } | null = null

/** The text of `.github/goalkeeper.yml` → the configuration, or the first thing that is wrong with it. Never throws. */
export function parseRepositoryConfiguration(text: string): Read {
  if (last?.text !== text) last = { text, read: readOnce(text) }
  return last.read
}

function readOnce(text: string): Read {
  const read = readStrictYaml(text, repositoryConfiguration)
  if (read.kind === 'valid') return { kind: 'valid', configuration: read.value }
  return { kind: 'invalid', ...read.complaints[0] }
}

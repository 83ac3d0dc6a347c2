import type { GitSettings } from './git.ts'

/**
 * The environment that opens one address to one git call. The header goes by the environment, which no other user reads,
 * and to that address alone: a redirection elsewhere is not followed.
 */
export async function authorityFor(
  { credentials }: GitSettings,
  address: string,
  may: 'read' | 'write',
): Promise<Readonly<Record<string, string>>> {
  const known = /^https?:/.test(address) ? await credentials?.(address, may) : null
  if (!known) return {}
  const basic = Buffer.from(`${known.user}:${known.password}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: `http.${address}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    GIT_CONFIG_KEY_1: 'http.followRedirects',
    GIT_CONFIG_VALUE_1: 'false',
  }
}

import { mayAsk } from '#domain/deploy-setting.ts'

/** What came back: the status, how long it took, and the beginning of the text. */
interface Asked {
  readonly status: number
  readonly ms: number
  readonly text: string
}

export type Ask = (url: string, timeoutMs: number) => Promise<Asked>

const mostBytes = 1_000_000

/**
 * Asks with GET, only the hosts that whoever runs the service named (`host` or `host:port`, or `*`): addresses come from
 * configurations of repositories, and this machine may reach what their writers may not. Redirects are not followed.
 */
export function askingOf(hosts: readonly string[]): Ask {
  return async (address, timeoutMs) => {
    if (!mayAsk(hosts, address))
      throw new Error(`${new URL(address).host} is not among WATCH_HOSTS`)
    const began = performance.now()
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(address, { redirect: 'manual', signal })
    const text = await textOf(answer)
    return { status: answer.status, ms: Math.round(performance.now() - began), text }
  }
}

async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body ?? []) {
    parts.push(part)
    bytes += part.length
    if (bytes > mostBytes) throw new Error('The answer is too long.')
  }
  return Buffer.concat(parts).toString('utf8')
}

import type { Delivered } from '#ports/news.ts'

const patienceMs = 10_000

/** Posts a body and tells what came of it; `judge` reads the text of an answer that is not an error. */
export async function post(
  url: string,
  of: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  judge: (text: string) => Delivered = () => ({ kind: 'sent' }),
): Promise<Delivered> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: of.body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...of.headers },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await answer.text()
    if (answer.ok) return judge(text)
    return { kind: isForGood(answer.status) ? 'refused' : 'unreachable', problem: said(answer) }
  } catch (error) {
    // The address is a secret, and an error of fetch may repeat it.
    const name = error instanceof Error ? error.name : 'Error'
    return { kind: 'unreachable', problem: `no answer (${name})` }
  }
}

/** Too many at once, and a time that was over, are not for good. */
function isForGood(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

function said({ status }: Response): string {
  return `answered ${status}`
}

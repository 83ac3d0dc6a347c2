type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>

interface Answer {
  readonly etag: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** In characters: the checks of a large commit are some hundred thousand, and most answers a few thousand. */
const usualRoom = 8_000_000

/**
 * Asks with the mark (ETag) of the last answer to the same question by the same token. Where GitHub says that nothing
 * changed (304), which costs nothing of the hourly limit, that answer is given again. What was not asked for longest is
 * forgotten first.
 */
export function remembering(fetch: Fetch, room = usualRoom): Fetch {
  const answers = answersWithin(room)
  return async (url, init) => {
    if (init.method !== 'GET') return fetch(url, init)
    const headers = new Headers(init.headers)
    const question = [url, headers.get('accept'), headers.get('authorization')].join(' ')
    const known = answers.known(question)
    if (known !== null) headers.set('if-none-match', known.etag)
    const answer = await fetch(url, { ...init, headers: Object.fromEntries(headers) })
    const isSame = answer.status === 304 && known !== null
    const kept = isSame ? renewed(known, answer) : await readable(answer)
    if (kept === null) return answer
    answers.keep(question, kept)
    return said(kept, answer)
  }
}

/** What the limit is now the new answer says, and the rest the old one. */
function renewed(known: Answer, { headers }: Response): Answer {
  return { ...known, headers: [...new Map([...known.headers, ...headers])] }
}

/** Null where it has no mark or is no data: a log is asked for once. */
async function readable(answer: Response): Promise<Answer | null> {
  const etag = answer.headers.get('etag')
  const isData = answer.headers.get('content-type')?.includes('json') === true
  if (answer.status !== 200 || etag === null || !isData) return null
  return { etag, body: await answer.text(), headers: [...answer.headers] }
}

/** Of the body as it came over the wire. */
const packing: ReadonlySet<string> = new Set(['content-encoding', 'content-length'])

/** `Response` has no address of its own, and whoever follows redirects asks for it. */
function said({ body, headers }: Answer, { url }: Response): Response {
  const kept = headers.flatMap(([name, value]): [string, string][] =>
    packing.has(name) ? [] : [[name, value]],
  )
  return Object.defineProperty(new Response(body, { headers: kept }), 'url', { value: url })
}

function answersWithin(room: number) {
  const answers = new Map<string, Answer>()
  let size = 0
  const forget = (question: string): void => {
    size -= answers.get(question)?.body.length ?? 0
    answers.delete(question)
  }
  return {
    known: (question: string): Answer | null => answers.get(question) ?? null,
    /** It is the newest of them now. */
    keep(question: string, answer: Answer): void {
      forget(question)
      answers.set(question, answer)
      size += answer.body.length
      for (const oldest of answers.keys()) if (size > room) forget(oldest)
    },
  }
}

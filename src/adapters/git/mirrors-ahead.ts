import type { Mirror, Repositories } from '#ports/repositories.ts'

/** Whoever asks later than this gets what the server has then. */
const freshMs = 30_000
/** Nobody may wait for it: it ends by itself, and with this process. */
const longestMs = 10 * 60_000

type Bring = (origin: string, stop?: AbortSignal) => Promise<Mirror>

/** Mirrors that are on their way before anybody waits for them, each for the first who asks. */
export function mirrorsAhead(bring: Bring): Pick<Repositories, 'mirrorAhead' | 'mirror'> {
  const begun = new Map<string, Promise<Mirror | null>>()
  return {
    mirrorAhead(origin) {
      // What goes wrong goes wrong again where somebody waits, and is told there.
      const coming = bring(origin, AbortSignal.timeout(longestMs)).catch(() => null)
      begun.set(origin, coming)
      setTimeout(() => {
        if (begun.get(origin) === coming) begun.delete(origin)
      }, freshMs).unref()
    },
    async mirror(origin, stop) {
      const coming = begun.get(origin)
      begun.delete(origin)
      const came = coming === undefined ? null : await Promise.race([coming, stopped(stop)])
      return came ?? (await bring(origin, stop))
    },
  }
}

/** Whoever is to stop waits no longer; asking again then throws the reason. */
function stopped(stop: AbortSignal | undefined): Promise<null> {
  return new Promise((resolve) => {
    if (stop?.aborted === true) resolve(null)
    stop?.addEventListener('abort', () => resolve(null), { once: true })
  })
}

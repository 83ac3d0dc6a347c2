export interface Background {
  /** Work that already goes on. */
  track(work: Promise<void>): void
  /** Work that waits for what was queued before it. */
  queue(work: () => Promise<void>): void
  idle(): Promise<void>
  /** A way to do things strictly one after the other. */
  turns(): <T>(work: () => Promise<T>) => Promise<T>
}

/** Keeps hold of what no request waits for, so that a test can. */
export function backgroundOf(): Background {
  const going = new Set<Promise<void>>()
  const track = (work: Promise<void>): void => {
    going.add(work)
    void work.finally(() => going.delete(work)).catch(() => {})
  }
  const inTurn = turns()
  return {
    track,
    queue: (work) => track(inTurn(work)),
    async idle() {
      while (going.size > 0) await Promise.allSettled(going)
    },
    turns,
  }
}

function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const before = last
    const mine = before.catch(() => {}).then(work)
    last = mine
    return await mine
  }
}

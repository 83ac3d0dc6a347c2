/**
 * Many calls as few: what is asked for while a round is under way goes into the next one. Under load a commit to disk
 * then carries as many deliveries as came meanwhile.
 */
export function gathered<Item>(
  round: (items: readonly Item[]) => Promise<unknown>,
  most: number,
): (item: Item) => Promise<void> {
  interface Waiting {
    readonly item: Item
    readonly resolve: () => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let busy = false
  const next = async (): Promise<void> => {
    busy = true
    while (waiting.length > 0) {
      const now = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        await round(now.map(({ item }) => item))
        for (const { resolve } of now) resolve()
      } catch (error) {
        for (const { reject } of now) reject(error)
      }
    }
    busy = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!busy) void next()
    })
}

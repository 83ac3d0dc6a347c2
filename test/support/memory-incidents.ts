import type { Incidents } from '#ports/deployments.ts'

/** Incidents in memory: one for each key. `titles` are those of all, the oldest first. */
export function memoryIncidents(): Incidents & { readonly titles: readonly string[] } {
  const keys: string[] = []
  const titles: string[] = []
  return {
    titles,
    async open(_repository, { title, key }) {
      if (!keys.includes(key)) {
        keys.push(key)
        titles.push(title)
      }
      return { number: 100 + keys.indexOf(key), url: 'https://github.example/i' }
    },
  }
}

/** A duration for people: "240 ms", "1.4 seconds", "10 seconds", "2 minutes 17 seconds", "15 minutes", "1 hour 5 minutes". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 9950) return seconds(ms)
  const total = Math.round(ms / 1000)
  if (total < 60) return many(total, 'second')
  if (total < 600) return both([Math.floor(total / 60), 'minute'], [total % 60, 'second'])
  const minutes = Math.round(total / 60)
  if (minutes < 60) return many(minutes, 'minute')
  return both([Math.floor(minutes / 60), 'hour'], [minutes % 60, 'minute'])
}

/** "1 file", "3 files". */
function many(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}

function seconds(ms: number): string {
  const tenths = Math.round(ms / 100) / 10
  return many(tenths, 'second')
}

function both(big: readonly [number, string], small: readonly [number, string]): string {
  return small[0] === 0 ? many(...big) : `${many(...big)} ${many(...small)}`
}

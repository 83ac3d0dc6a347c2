import type { Request } from './context.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
}

/** The page a request asks for (30 unless told, 100 at most), with GitHub's `Link` header. */
export function pageOf<T>(c: Request, all: readonly T[]): Page<T> {
  const size = bounded(c.req.query('per_page'), 30, 100)
  const page = bounded(c.req.query('page'), 1, Number.MAX_SAFE_INTEGER)
  const last = Math.max(1, Math.ceil(all.length / size))
  const link = linksFor(c.req.url, page, last)
  if (link !== '') c.header('Link', link)
  return { items: all.slice((page - 1) * size, page * size), total: all.length }
}

function bounded(text: string | undefined, without: number, most: number): number {
  const number = Number.parseInt(text ?? '', 10)
  return Number.isNaN(number) || number < 1 ? without : Math.min(number, most)
}

function linksFor(url: string, page: number, last: number): string {
  const to = (number: number, name: string): string => {
    const target = new URL(url)
    target.searchParams.set('page', String(number))
    return `<${target.href}>; rel="${name}"`
  }
  const back = page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []
  const on = page < last ? [to(page + 1, 'next'), to(last, 'last')] : []
  return [...back, ...on].join(', ')
}

/** A day without a time, as `2026-11-21`. */
export type Day = string

const aDay = 24 * 60 * 60 * 1000

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && toDay(new Date(`${text}T00:00:00Z`)) === text
}

export function toDay(date: Date): Day {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}

export function addDays(day: Day, count: number): Day {
  return toDay(new Date(Date.parse(day) + count * aDay))
}

export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const lastDate = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return toDay(new Date(Date.UTC(year, month - 1 + count, Math.min(date, lastDate))))
}

export function daysBetween(start: Day, end: Day): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / aDay)
}

export function isWithin(day: Day, start: Day, end: Day): boolean {
  return day >= start && day <= end
}

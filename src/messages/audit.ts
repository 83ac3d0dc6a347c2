import { oneLine } from './plain-text.ts'

/** What is said of an export, beside it. */
export const auditWords = {
  exported: (entries: number, chain: string) =>
    `${entries} entries are in the log; its chain is ${chain}`,
  whole: (file: string, entries: number) =>
    `${oneLine(file)} is as it was written; the log had ${entries} entries then.`,
  changed: (file: string, line: number) =>
    `${oneLine(file)} was changed at or before line ${line}.`,
  noEnd: (file: string) => `${oneLine(file)} has no end: it is not whole, or no export.`,
  same: 'The log in the database still begins with exactly what was exported.',
  different: 'THE LOG IN THE DATABASE IS NOT WHAT WAS EXPORTED: entries were changed, or are gone.',
  badSince: (text: string) =>
    `${oneLine(text)} is no time; write it like 2026-11-29 or 2026-11-29T14:00:00Z.`,
} as const

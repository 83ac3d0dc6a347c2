import { parseMoney } from '../money.js'
import type { StatementLine } from '../reconcile.js'

const block = /<STMTTRN>([\s\S]*?)<\/STMTTRN>/g

/** Reads the statement lines of an OFX file; everything else in it is ignored. */
export function importOfx(text: string, currency: string): StatementLine[] {
  return [...text.matchAll(block)].map(([, body = '']) => ({
    day: toDay(readTag(body, 'DTPOSTED')),
    amount: parseMoney(readTag(body, 'TRNAMT'), currency).amount,
    text: readTag(body, 'NAME'),
  }))
}

function readTag(body: string, tag: string): string {
  return new RegExp(`<${tag}>([^<\\r\\n]*)`).exec(body)?.[1]?.trim() ?? ''
}

function toDay(stamp: string): string {
  return `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`
}

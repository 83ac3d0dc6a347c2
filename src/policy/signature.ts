import type { Finding } from '#domain/finding.ts'
import { fingerprint } from '#domain/finding.ts'

/** The same failure of the same check has the same signature, whatever the order of its findings: 16 hex digits. */
export function taskSignature(check: string, findings: readonly Finding[]): string {
  const sorted = findings.map(fingerprint).toSorted((a, b) => (a < b ? -1 : 1))
  return hash([check, ...sorted].join('\n'))
}

const MOST_CHARACTERS = 60

/** `auto-fix/<task>-<slug>` (K25): safe as a git ref, at most 60 characters. `task` is made safe as well. */
export function branchFor(task: string, title: string): string {
  const name = `auto-fix/${slug(task, MOST_CHARACTERS - 'auto-fix/'.length)}`
  const rest = slug(title, MOST_CHARACTERS - name.length - 1)
  return rest === '' ? name : `${name}-${rest}`
}

/** Lower-case letters, digits and single hyphens; never a hyphen at an end. */
export function slug(text: string, most: number): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return (words ?? []).join('-').slice(0, Math.max(0, most)).replace(/-$/, '')
}

/** FNV-1a with 64 bits: this names things, it protects nothing. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n)
  return value.toString(16).padStart(16, '0')
}

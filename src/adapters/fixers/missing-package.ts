import { builtinModules } from 'node:module'

import type { Finding } from '#domain/finding.ts'

/** What a finding says is not installed, and whether only its types are missing. */
export interface Missing {
  readonly name: string
  readonly file: string | null
}

/** The ways in which tools say that a package is not there; the first group is what was asked for. */
const sentences: readonly RegExp[] = [
  /^Cannot find (?:module|package) ['"]([^'"]{1,200})['"]/,
  /^Could not find a declaration file for module ['"]([^'"]{1,200})['"]/,
  /^Failed to (?:resolve import|load url) "?([^"\s]{1,200})"?/,
  /^Failed to resolve entry for package "([^"]{1,200})"/,
  /Cannot find (?:module|package) ['"]([^'"]{1,200})['"]/,
  /\b(?:sh|bash): (?:line )?(?:\d+: )?([\w@./-]{1,100}): (?:command )?not found/,
  /^unlisted: (.{1,200})$/,
]

const typeHint = /npm i --save-dev (@types\/[\w.-]+)/

/** Packages that a finding says are missing, by the name under which they would be declared. */
export function missingPackage({ message, rule, file }: Finding): readonly Missing[] {
  const hint = typeHint.exec(message)?.[1]
  if (hint !== undefined) return [{ name: hint, file }]
  const asked = sentences.map((each) => each.exec(message)?.[1]).find((each) => each !== undefined)
  const name = asked === undefined ? null : packageOf(asked)
  if (name === null) return []
  return rule === 'TS7016' ? [{ name: typesOf(name), file }] : [{ name, file }]
}

/** `@scope/name/deep/file` is a part of `@scope/name`; a path, an alias or a part of Node is no package. */
function packageOf(specifier: string): string | null {
  if (/^[./#~]|^node:|^@\/|:/.test(specifier) || builtinModules.includes(specifier)) return null
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return /^(?:@[\w.-]+\/)?[\w.-]+$/.test(name) ? name : null
}

/** DefinitelyTyped writes `@scope/name` as `scope__name`. */
export function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`
}

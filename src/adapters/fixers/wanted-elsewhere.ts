import { posix } from 'node:path'

import type { Statement } from 'oxc-parser'

import { covers } from './deletion-range.ts'
import type { Complained } from './rule-edits.ts'

/**
 * Whether a file that loads this one says the name that is declared here at the top level and complained about. By words
 * rather than by resolution: a mention too many only means that nothing is deleted.
 */
export function isWantedElsewhere({ syntax, offset, finding, request }: Complained): boolean {
  const { workspace, patch } = request
  const name = syntax.topLevel.map((each) => nameAt(each, offset)).find((each) => each !== null)
  if (!name || finding.file === null) return false
  const own = finding.file
  const loads = loading(own)
  const says = new RegExp(`(?<![\\w$])${name.replaceAll('$', String.raw`\$`)}(?![\\w$])`)
  return workspace
    .files(patch)
    .filter((path) => path !== own && isProgram(path))
    .some((path) => {
      const text = workspace.read(path, patch) ?? ''
      return says.test(text) && loads.test(text)
    })
}

function isProgram(path: string): boolean {
  return /\.[cm]?[jt]sx?$|\.(?:vue|svelte|astro)$/.test(path)
}

function nameAt(statement: Statement, offset: number): string | null {
  if (statement.type === 'VariableDeclaration') {
    const found = statement.declarations.find(({ id }) => covers(id, offset))?.id
    return found?.type === 'Identifier' ? found.name : null
  }
  const named =
    statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration'
      ? statement.id
      : null
  return named && covers(named, offset) ? named.name : null
}

/** A specifier that ends in the file's name, or in its folder's where the file is an index. */
function loading(file: string): RegExp {
  const bare = posix.basename(file).replace(/\.[cm]?[jt]sx?$/, '')
  const names = bare === 'index' ? [bare, posix.basename(posix.dirname(file)), '.', '..'] : [bare]
  const escaped = names.map((each) => each.replaceAll(/[^\w-]/g, String.raw`\$&`))
  return new RegExp(String.raw`['"\`/](?:${escaped.join('|')})(?:\.[cm]?[jt]sx?)?['"\`]`)
}

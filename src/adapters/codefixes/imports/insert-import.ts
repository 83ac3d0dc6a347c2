import ts from 'typescript6'

import { styleOf } from '../project/editing-style.ts'
import type { TextEdit } from '../proposal.ts'

export interface NewImport {
  readonly local: string
  /** `default`, `*`, or the exported name. */
  readonly exported: string
  readonly specifier: string
  readonly typeOnly: boolean
}

/** The edit that makes a name available in a file: into an import of the same module, else a line of its own. */
export function insertImport(file: ts.SourceFile, wanted: NewImport): TextEdit {
  const imports = file.statements.filter(ts.isImportDeclaration)
  const joined = imports.flatMap((statement) => join(file, statement, wanted))[0]
  if (joined) return joined
  if (imports.length === 0 && isCommonJs(file)) return requireLine(file, wanted)
  const { semicolons, quote, newLine } = styleOf(file.text)
  const line = `import ${clause(file.text, wanted)} from ${quote}${wanted.specifier}${quote}${semicolons ? ';' : ''}`
  return placed(file, imports, { line, newLine, specifier: wanted.specifier })
}

function clause(text: string, { local, exported, typeOnly }: NewImport): string {
  const type = typeOnly ? 'type ' : ''
  if (exported === 'default') return type + local
  if (exported === '*') return `${type}* as ${local}`
  const gap = /^import (?:type )?\{\S/m.test(text) ? '' : ' '
  // Where types are marked one by one, an import of its own is too.
  const inline = /^import \{[^}]*\btype /m.test(text) && !/^import type /m.test(text)
  const [before, within] = inline ? ['', type] : [type, '']
  return `${before}{${gap}${within}${binding(local, exported)}${gap}}`
}

function binding(local: string, exported: string): string {
  return local === exported ? local : `${exported} as ${local}`
}

/** Adds the name to an import that is already there, in order where the names are in order. */
function join(
  file: ts.SourceFile,
  statement: ts.ImportDeclaration,
  wanted: NewImport,
): readonly TextEdit[] {
  const { local, exported, specifier, typeOnly } = wanted
  const { importClause: clause } = statement
  const bindings = clause?.namedBindings
  if (specifierOf(statement) !== specifier || unnamed.has(exported)) return []
  if (!clause || !bindings || !ts.isNamedImports(bindings)) return []
  const wholeIsType = clause.phaseModifier === ts.SyntaxKind.TypeKeyword
  if (!takes(bindings, wholeIsType, typeOnly)) return []
  const text = (typeOnly && !wholeIsType ? 'type ' : '') + binding(local, exported)
  return [listed(file, bindings.elements, text)]
}

const unnamed: ReadonlySet<string> = new Set(['default', '*'])

/** A value never goes into a type-only import, a type only where types are named already. */
function takes({ elements }: ts.NamedImports, wholeIsType: boolean, typeOnly: boolean): boolean {
  if (elements.length === 0) return false
  return wholeIsType === typeOnly || (typeOnly && elements.some(({ isTypeOnly }) => isTypeOnly))
}

function listed(
  file: ts.SourceFile,
  elements: readonly ts.ImportSpecifier[],
  text: string,
): TextEdit {
  const names = elements.map(({ name }) => name.text)
  const key = text.split(' ').at(-1) ?? text
  const isSorted = names.every(
    (name, index) => index === 0 || !isBefore(name, names[index - 1] ?? ''),
  )
  const next = isSorted ? elements.find(({ name }) => isBefore(key, name.text)) : undefined
  const gap = (at: ts.Node): string =>
    /\n[ \t]*$/.exec(file.text.slice(0, at.getStart(file)))?.[0] ?? ' '
  if (next)
    return {
      file: file.fileName,
      start: next.getStart(file),
      length: 0,
      text: `${text},${gap(next)}`,
    }
  const last = elements.at(-1)
  if (last === undefined) throw new Error('An import without names cannot take another.')
  return { file: file.fileName, start: last.end, length: 0, text: `,${gap(last)}${text}` }
}

function isBefore(a: string, b: string): boolean {
  return a.toLowerCase() < b.toLowerCase()
}

interface Line {
  readonly line: string
  readonly newLine: string
  readonly specifier: string
}

/** After the last import of the same or a nearer group, or above the first of a farther one. */
function placed(
  file: ts.SourceFile,
  imports: readonly ts.ImportDeclaration[],
  { line, newLine, specifier }: Line,
): TextEdit {
  const before = imports.findLast((one) => !comesBefore(specifier, specifierOf(one)))
  const [first] = imports
  const at = { file: file.fileName, length: 0 }
  if (before) return { ...at, start: before.end, text: newLine + line }
  if (first) return { ...at, start: first.getStart(file), text: line + newLine }
  const start = topOf(file)
  const rest = file.text.slice(start)
  return { ...at, start, text: line + newLine + (/^\s*\r?\n/.test(rest) ? '' : newLine) }
}

function specifierOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
}

function comesBefore(a: string, b: string): boolean {
  return groupOf(a) - groupOf(b) < 0 || (groupOf(a) === groupOf(b) && a < b)
}

/** Built-in, package, alias, above, beside. */
function groupOf(specifier: string): number {
  if (specifier.startsWith('node:')) return 0
  if (/^[#~]|^@\//.test(specifier)) return 2
  if (specifier.startsWith('..')) return 3
  return specifier.startsWith('.') ? 4 : 1
}

/** Below a hash-bang line, directives and the file's own header comment. */
function topOf(file: ts.SourceFile): number {
  const directives = file.statements.findIndex(
    (one) => !(ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression)),
  )
  const last = directives > 0 ? file.statements[directives - 1] : undefined
  if (last) return nextLine(file.text, last.end)
  return nextLine(file.text, ts.getShebang(file.text)?.length ?? -1)
}

function nextLine(text: string, after: number): number {
  if (after < 0) return 0
  const end = text.indexOf('\n', after)
  return end < 0 ? text.length : end + 1
}

export function isCommonJs(file: ts.SourceFile): boolean {
  return (
    /\.c?js$/.test(file.fileName) &&
    !file.statements.some((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one)) &&
    /\brequire\(|\bmodule\.exports\b|\bexports\./.test(file.text)
  )
}

function requireLine(file: ts.SourceFile, { local, exported, specifier }: NewImport): TextEdit {
  const { semicolons, quote, newLine } = styleOf(file.text)
  const whole = exported === 'default' || exported === '*' || exported === 'export='
  const named = local === exported ? local : `${exported}: ${local}`
  const pattern = whole ? undefined : patternOf(file, specifier)
  if (pattern) return { file: file.fileName, start: pattern.end, length: 0, text: `, ${named}` }
  const left = whole ? local : `{ ${named} }`
  const line = `const ${left} = require(${quote}${specifier}${quote})${semicolons ? ';' : ''}`
  const last = file.statements.findLast(
    (one) => ts.isVariableStatement(one) && /=\s*require\(/.test(one.getText(file)),
  )
  if (last) return { file: file.fileName, start: last.end, length: 0, text: newLine + line }
  return { file: file.fileName, start: topOf(file), length: 0, text: line + newLine }
}

/** The last name that the file takes from the module already. */
function patternOf(file: ts.SourceFile, specifier: string): ts.BindingElement | undefined {
  const required = new Set([`require('${specifier}')`, `require("${specifier}")`])
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ initializer }) => initializer && required.has(initializer.getText(file)))
    .flatMap(({ name }) => (ts.isObjectBindingPattern(name) ? (name.elements.at(-1) ?? []) : []))
    .find(({ dotDotDotToken }) => dotDotDotToken === undefined)
}

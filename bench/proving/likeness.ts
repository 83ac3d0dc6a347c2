import ts from 'typescript6'

import type { Files } from '../injections/site.ts'

/** How near a repaired tree is to the one before the failure: the same letters, the same program, or another one. */
export type Likeness = 'same-text' | 'same-program' | 'different'

export function likenessOf(before: Files, after: Files): Likeness {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  const changed = paths.filter((path) => before.get(path) !== after.get(path))
  if (changed.length === 0) return 'same-text'
  const same = changed.every(
    (path) => normalForm(path, before.get(path)) === normalForm(path, after.get(path)),
  )
  return same ? 'same-program' : 'different'
}

/** The paths that are no longer the same program. */
export function differences(before: Files, after: Files): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths.filter(
    (path) => normalForm(path, before.get(path)) !== normalForm(path, after.get(path)),
  )
}

/** A text in which neither layout, nor comments, nor the order of imports can be seen. */
function normalForm(path: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (path.endsWith('.json')) return JSON.stringify(sortKeys(JSON.parse(text)))
  return /\.[cm]?[jt]sx?$/.test(path) ? programForm(path, text) : text
}

function programForm(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const imports = file.statements
    .filter((node) => ts.isImportDeclaration(node))
    .flatMap((node) => importForms(node))
  const rest = file.statements
    .filter((node) => !ts.isImportDeclaration(node))
    .map((node) => tokensOf(node.getText()))
  return [...imports.toSorted(), ...rest].join('\n')
}

function importForms(node: ts.ImportDeclaration): string[] {
  const from = node.moduleSpecifier.getText().replaceAll(/['"]/g, '')
  const clause = node.importClause
  const bindings = clause?.namedBindings
  if (!clause || !bindings || !ts.isNamedImports(bindings))
    return [`${from} ${clause?.getText() ?? ''}`]
  const whole = clause.phaseModifier === ts.SyntaxKind.TypeKeyword
  const names = bindings.elements.map((one) => {
    const word = whole && !one.isTypeOnly ? 'type ' : ''
    return `${from} ${word}${one.getText()}`
  })
  return clause.name ? [`${from} default ${clause.name.text}`, ...names] : names
}

/** The words of the program without trailing commas, semicolons and quotes of one kind or the other. */
function tokensOf(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text)
  const words: string[] = []
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.SemicolonToken) continue
    const word =
      kind === ts.SyntaxKind.StringLiteral
        ? JSON.stringify(scanner.getTokenValue())
        : scanner.getTokenText()
    if (/^[)\]}]$/.test(word) && words.at(-1) === ',') words.pop()
    words.push(word)
  }
  return words.join(' ')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}

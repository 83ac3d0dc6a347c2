import ts from 'typescript6'

import { exporting } from '../imports/export-declaration.ts'
import { distinctOffers, finalSymbol, keyOf, offersOf, type Offer } from '../imports/exports.ts'
import { insertImport } from '../imports/insert-import.ts'
import { specifierFor } from '../imports/specifier-for.ts'
import type { CodeFixer, Proposal, Scene, TextEdit, Tier } from '../proposal.ts'
import { enclosing } from '../syntax.ts'

/**
 * A name its module does not export: taken in the form it is offered in; exported where the module declares it, for a
 * namesake elsewhere is another thing; else taken from the only module that exports it.
 */
export const missingExport: CodeFixer = function* (scene) {
  const asked = askedAt(scene)
  if (asked === null) return
  yield otherForm(scene, asked)
  // Every module may have a default: another one's is another thing.
  if (asked.exported === 'default') return
  const module = moduleOf(scene, asked.declaration)
  const own = module ? exporting(scene, asked.exported, module) : []
  if (own.length > 0) {
    yield own
    return
  }
  const offers = distinctOffers(offersOf(scene.project, asked.exported, scene.file.fileName))
  yield offers
    .filter(({ exported }) => exported === asked.exported)
    .flatMap((offer) => moving(scene, asked, offer))
}

interface Asked {
  readonly declaration: ts.ImportDeclaration | ts.ExportDeclaration
  readonly element: ts.ImportSpecifier | ts.ExportSpecifier | null
  /** The name as the module should export it. */
  readonly exported: string
  readonly local: string
}

function askedAt({ node }: Scene): Asked | null {
  const declaration =
    enclosing(node, ts.isImportDeclaration) ?? enclosing(node, ts.isExportDeclaration)
  if (declaration === null) return null
  const element = enclosing(node, ts.isImportSpecifier) ?? enclosing(node, ts.isExportSpecifier)
  if (element) {
    const exported = (element.propertyName ?? element.name).text
    return { declaration, element, exported, local: element.name.text }
  }
  const name = ts.isImportDeclaration(declaration)
    ? declaration.importClause?.name?.text
    : undefined
  return name === undefined
    ? null
    : { declaration, element: null, exported: 'default', local: name }
}

function moduleOf({ checker }: Scene, declaration: Asked['declaration']): ts.SourceFile | null {
  const specifier = declaration.moduleSpecifier
  const found =
    specifier && checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile)
  return found ?? null
}

/** `import x` where the module exports `{ x }`, and the other way round. */
function otherForm(scene: Scene, asked: Asked): Tier {
  const { checker, name, file } = scene
  const module = moduleOf(scene, asked.declaration)
  const symbol = module && checker.getSymbolAtLocation(module)
  if (!symbol || !ts.isImportDeclaration(asked.declaration)) return []
  const wanted = asked.exported === 'default' ? asked.local : 'default'
  const found = checker.tryGetMemberInModuleExports(wanted, symbol)
  const final = found && finalSymbol(checker, found)
  if (!final || !isNamed(final, asked.local)) return []
  const specifier = textOf(asked.declaration)
  return [
    {
      strategy: 'types/import-form',
      description: `Imported \`${asked.local}\` from ${specifier} the way it is exported in ${name}`,
      rootCause: `${name} imported \`${asked.local}\` from ${specifier} in a form that the module does not offer`,
      risk: 'safe',
      edits: replaced(file, asked, { exported: wanted, specifier, typeOnly: false }),
    },
  ]
}

/** A default export stands for a name only where it carries that name. */
function isNamed(symbol: ts.Symbol, local: string): boolean {
  return (symbol.declarations ?? []).some((declaration) => {
    const name = ts.getNameOfDeclaration(declaration)
    if (ts.isExportAssignment(declaration)) return declaration.expression.getText() === local
    return name !== undefined && name.getText() === local
  })
}

function textOf({ moduleSpecifier }: Asked['declaration']): string {
  return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
}

function moving(scene: Scene, asked: Asked, offer: Offer): readonly Proposal[] {
  const { project, file, name } = scene
  if (keyOf(offer) === `${moduleOf(scene, asked.declaration)?.fileName} ${offer.exported}`)
    return []
  const like = textOf(asked.declaration)
  const specifier =
    'file' in offer.from
      ? specifierFor(project, file, { file: offer.from.file, like })
      : offer.from.specifier
  if (specifier === null || specifier === like) return []
  return [
    {
      strategy: 'types/import-moved',
      description: `Imported \`${asked.local}\` from ${specifier} instead of ${like} in ${name}`,
      rootCause: `${name} imported \`${asked.local}\` from ${like}, which does not export it`,
      risk: 'safe',
      edits: replaced(file, asked, {
        exported: offer.exported,
        specifier,
        typeOnly: isTypeOnly(asked),
      }),
    },
  ]
}

function isTypeOnly({ declaration, element }: Asked): boolean {
  if (element?.isTypeOnly === true) return true
  return ts.isImportDeclaration(declaration)
    ? declaration.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : declaration.isTypeOnly
}

interface Replacement {
  readonly exported: string
  readonly specifier: string
  readonly typeOnly: boolean
}

/** The old binding out, the new one in. Where it was the only one, its declaration is rewritten in place. */
function replaced(file: ts.SourceFile, asked: Asked, to: Replacement): readonly TextEdit[] {
  const { declaration, element, local } = asked
  if (!isAlone(declaration, element))
    return element !== null && ts.isImportDeclaration(declaration)
      ? [removal(file, element), insertImport(file, { local, ...to })]
      : []
  if (to.exported === asked.exported)
    return swap(file, declaration.moduleSpecifier, `'${to.specifier}'`)
  const clause = ts.isImportDeclaration(declaration) ? declaration.importClause : undefined
  return swap(file, clause?.name ?? clause?.namedBindings, bindingOf(to.exported, local))
}

function bindingOf(exported: string, local: string): string {
  if (exported === 'default') return local
  return `{ ${exported === local ? local : `${exported} as ${local}`} }`
}

/** Another text for a node; of a string literal only what is between its quotes. */
function swap(file: ts.SourceFile, node: ts.Node | undefined, text: string): readonly TextEdit[] {
  if (node === undefined) return []
  const inner = ts.isStringLiteral(node) ? 1 : 0
  return [
    {
      file: file.fileName,
      start: node.getStart(file) + inner,
      length: node.getWidth(file) - 2 * inner,
      text: inner === 1 ? text.slice(1, -1) : text,
    },
  ]
}

function isAlone(declaration: Asked['declaration'], element: Asked['element']): boolean {
  if (!ts.isImportDeclaration(declaration)) return element?.parent.elements.length === 1
  const clause = declaration.importClause
  if (element === null) return clause?.namedBindings === undefined
  return clause?.name === undefined && element.parent.elements.length === 1
}

/** A name out of a list, with the comma that goes with it. */
export function removal(
  file: ts.SourceFile,
  element: ts.ImportSpecifier | ts.ExportSpecifier,
): TextEdit {
  const elements: readonly ts.Node[] = [...element.parent.elements]
  const index = elements.indexOf(element)
  const next = elements[index + 1]
  const previous = elements[index - 1]
  const start = next || !previous ? element.getStart(file) : previous.end
  const end = next ? next.getStart(file) : element.end
  return { file: file.fileName, start, length: end - start, text: '' }
}

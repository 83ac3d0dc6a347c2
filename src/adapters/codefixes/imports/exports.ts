import ts from 'typescript6'

import { importsOf, ownFiles, resolve } from '../import-graph.ts'
import type { Project } from '../project/open-project.ts'

/** One thing that one module offers under one name. */
export interface Offer {
  /** Where it is imported from: a file of the repository, or a package's specifier. */
  readonly from: { readonly file: string } | { readonly specifier: string }
  /** The name it is exported under; `default` and `*` as the language has them. */
  readonly exported: string
  /** What it is in the end: equal for a thing and its re-exports. */
  readonly identity: ts.Symbol | string
  readonly typeOnly: boolean
  /** How many files of the project import it this way. */
  readonly uses: number
}

/** Who offers a name: modules of the project that export it, and whatever other files import under that name. */
export function offersOf(project: Project, name: string, asker: string): readonly Offer[] {
  const program = project.program()
  const files = ownFiles(program).filter(({ fileName }) => fileName !== asker)
  const uses = files.flatMap((file) => usesIn(project, file, name))
  const exported = files.flatMap((file) => exportOf(program.getTypeChecker(), file, name))
  const offers = [...uses, ...exported]
  return offers.map((offer) => ({
    ...offer,
    uses: uses.filter((use) => keyOf(use) === keyOf(offer)).length,
  }))
}

export function keyOf({ from, exported }: Pick<Offer, 'from' | 'exported'>): string {
  return `${'file' in from ? from.file : from.specifier.replace(/^node:/, '')} ${exported}`
}

/** One offer per thing: the one most used, else the one nearest to the declaration. */
export function distinctOffers(offers: readonly Offer[]): readonly Offer[] {
  const groups = Map.groupBy(offers, ({ identity }) => identity)
  return [...groups.values()].flatMap((group) => {
    const [best] = group.toSorted((a, b) => b.uses - a.uses || rank(a) - rank(b))
    return best ? [best] : []
  })
}

/** A thing's own module before those that pass it on. */
function rank({ from, identity }: Offer): number {
  if (!('file' in from) || typeof identity === 'string') return 1
  return identity.declarations?.[0]?.getSourceFile().fileName === from.file ? 0 : 1
}

function exportOf(checker: ts.TypeChecker, file: ts.SourceFile, name: string): readonly Offer[] {
  const module = checker.getSymbolAtLocation(file)
  if (module === undefined) return []
  const found = checker.tryGetMemberInModuleExports(name, module)
  const identity = found && finalSymbol(checker, found)
  if (!identity) return []
  return [offer({ file: file.fileName }, name, identity)]
}

function offer(from: Offer['from'], exported: string, identity: ts.Symbol): Offer {
  return {
    from,
    exported,
    identity,
    typeOnly: (identity.flags & ts.SymbolFlags.Value) === 0,
    uses: 0,
  }
}

/** Behind all aliases; null where an alias leads nowhere. */
export function finalSymbol(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol | null {
  const final =
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)
  return (final.declarations?.length ?? 0) > 0 ? final : null
}

/** The imports of a file that bind a local name. */
function usesIn(project: Project, file: ts.SourceFile, name: string): readonly Offer[] {
  const checker = project.program().getTypeChecker()
  return file.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const bound = bindingOf(statement, name)
    if (bound === null || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const specifier = statement.moduleSpecifier.text
    const target = resolve(project, file, specifier)
    const symbol = checker.getSymbolAtLocation(bound.name)
    const identity = symbol && finalSymbol(checker, symbol)
    if (!identity) return []
    const own = target !== null && importsOf(project, file).includes(target)
    return [offer(own ? { file: target } : { specifier }, bound.exported, identity)]
  })
}

function bindingOf(
  { importClause }: ts.ImportDeclaration,
  name: string,
): { readonly name: ts.Identifier; readonly exported: string } | null {
  if (importClause === undefined) return null
  if (importClause.name?.text === name) return { name: importClause.name, exported: 'default' }
  const { namedBindings } = importClause
  if (namedBindings === undefined) return null
  if (ts.isNamespaceImport(namedBindings))
    return namedBindings.name.text === name ? { name: namedBindings.name, exported: '*' } : null
  const element = namedBindings.elements.find((one) => one.name.text === name)
  return element
    ? { name: element.name, exported: (element.propertyName ?? element.name).text }
    : null
}

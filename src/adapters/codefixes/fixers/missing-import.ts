import ts from 'typescript6'

import { importsOf } from '../import-graph.ts'
import { distinctOffers, offersOf, type Offer } from '../imports/exports.ts'
import { formerImport } from '../imports/former-import.ts'
import { insertImport } from '../imports/insert-import.ts'
import { specifierFor } from '../imports/specifier-for.ts'
import { neighboursOf } from '../project/editing-style.ts'
import type { CodeFixer, Proposal, Scene } from '../proposal.ts'
import { actionsAt } from './typescript-actions.ts'

/**
 * Imports a name that is used without being declared: from where the last good commit of the file had it; from whoever
 * exports it in the project or is asked for it by other files; else, where nobody in the project knows it, from what
 * TypeScript finds in the dependencies.
 */
export const missingImport: CodeFixer = function* ({ node, ...scene }) {
  if (!ts.isIdentifier(node)) return
  yield asItWas({ ...scene, node }, node.text)
  const offers = distinctOffers(offersOf(scene.project, node.text, scene.file.fileName))
  if (offers.length > 0) {
    yield fromTheUsual({ ...scene, node }, node.text, offers)
    yield offers.flatMap((offer) => importing({ ...scene, node }, node.text, offer))
    return
  }
  yield fromDependencies({ ...scene, node }, node.text)
}

function asItWas(scene: Scene, name: string): readonly Proposal[] {
  const { file, projects } = scene
  const text = projects.was(file.fileName)
  const former = text === null ? null : formerImport(file.fileName, text, name)
  if (former === null) return []
  const edits = [insertImport(file, former)]
  return [{ ...saying(scene, name, former.specifier), risk: 'safe', edits }]
}

/**
 * Of several modules that export the name, the only one that anything speaks for: the file takes other names from it, or
 * other files take this one from there. Where two are spoken for, nobody can say.
 */
function fromTheUsual(scene: Scene, name: string, offers: readonly Offer[]): readonly Proposal[] {
  if (offers.length < 2) return []
  const known = new Set(importsOf(scene.project, scene.file))
  const isKnown = ({ from }: Offer): boolean => 'file' in from && known.has(from.file)
  const [usual, other] = offers.filter((offer) => offer.uses > 0 || isKnown(offer))
  if (usual === undefined || other !== undefined) return []
  const risk = usual.uses > 0 && isKnown(usual) ? 'safe' : 'review'
  return importing(scene, name, usual).map((one) => ({ ...one, risk }))
}

/** Whether anybody exports exactly this name: then it is no misspelling of another. */
export function isOffered(scene: Scene, name: string): boolean {
  if (offersOf(scene.project, name, scene.file.fileName).length > 0) return true
  return actionsAt(scene).some(({ fixName }) => fixName === 'import')
}

function importing(scene: Scene, name: string, offer: Offer): readonly Proposal[] {
  const specifier =
    'file' in offer.from
      ? specifierFor(scene.project, scene.file, { file: offer.from.file, like: null })
      : offer.from.specifier
  if (specifier === null) return []
  const typeOnly = offer.typeOnly && wantsTypeImports(scene)
  const edit = insertImport(scene.file, {
    local: name,
    exported: offer.exported,
    specifier,
    typeOnly,
  })
  return [{ ...saying(scene, name, specifier), risk: 'safe', edits: [edit] }]
}

function saying({ name: file }: Scene, name: string, specifier: string) {
  return {
    strategy: 'types/import',
    description: `Imported \`${name}\` from ${specifier} in ${file}`,
    rootCause: `${file} used \`${name}\` without importing it`,
  }
}

function wantsTypeImports({ project, file }: Scene): boolean {
  if (/\.[cm]?jsx?$/.test(file.fileName)) return false
  if (project.options.verbatimModuleSyntax === true) return true
  const texts = [file.text, ...neighboursOf(project.program(), file.fileName)]
  return texts.some((text) => /^import (?:type|\{[^}]*\btype)\b/m.test(text))
}

/** A dependency is named by several specifiers at times (`fs`, `node:fs`): the project's manner decides. */
function fromDependencies(scene: Scene, name: string): readonly Proposal[] {
  const proposals = actionsAt(scene)
    .filter(({ fixName }) => fixName === 'import')
    .flatMap(({ description, edits }) => {
      const specifier = /from "([^"]+)"/.exec(description)?.[1]
      return specifier === undefined ? [] : [{ specifier, edits }]
    })
  const groups = Map.groupBy(proposals, ({ specifier }) => specifier.replace(/^node:/, ''))
  const prefixed = prefersNodePrefix(scene)
  return [...groups.values()].flatMap((group): Proposal[] => {
    const best =
      group.find(({ specifier }) => specifier.startsWith('node:') === prefixed) ?? group[0]
    return best ? [{ ...saying(scene, name, best.specifier), risk: 'safe', edits: best.edits }] : []
  })
}

function prefersNodePrefix({ project, file }: Scene): boolean {
  const all = [file.text, ...neighboursOf(project.program(), file.fileName)].join('\n')
  const bare =
    all.match(/['"](?:fs|path|os|url|util|crypto|events|stream|assert)['"/]/g)?.length ?? 0
  return (all.match(/['"]node:/g)?.length ?? 0) >= bare
}

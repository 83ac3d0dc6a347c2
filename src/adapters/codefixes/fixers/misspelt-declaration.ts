import ts from 'typescript6'

import { ownFiles } from '../import-graph.ts'
import { nearest, unknownWords } from '../names/likeness.ts'
import { vocabularyOf } from '../names/words.ts'
import type { CodeFixer, Scene, TextEdit } from '../proposal.ts'
import { namesThatFit } from './names-that-fit.ts'

/**
 * Corrects the declaration instead of its uses, where the declaration is what is misspelt: nothing refers to it as it is
 * written, its odd word stands nowhere else, and what is written at its uses does.
 */
export const misspeltDeclaration: CodeFixer = function* (scene) {
  const fitting = namesThatFit(scene)
  if (fitting === null || fitting.kind === 'literal') return
  const [declared, other] = nearest(fitting.wrong, fitting.names)
  if (declared === undefined || other !== undefined) return
  if (!isOdd(ownFiles(scene.project.program()), declared, fitting.wrong)) return
  const edits = renaming(scene, declared, fitting.wrong)
  if (edits.length === 0) return
  const where = scene.projects.name(edits[0]?.file ?? '')
  yield [
    {
      strategy: 'types/spelling-declaration',
      description: `Corrected the declaration \`${declared}\` to \`${fitting.wrong}\` in ${where}`,
      rootCause: `${where} declared \`${fitting.wrong}\` misspelt as \`${declared}\``,
      risk: 'review',
      edits,
    },
  ]
}

/** The declared name has a word that stands nowhere else, and the used name is known or used again. */
function isOdd(files: readonly ts.SourceFile[], declared: string, used: string): boolean {
  if (!unknownWords(declared, used, vocabularyOf(files, declared))) return false
  return !unknownWords(used, declared, vocabularyOf(files, used)) || usesOf(files, used) > 1
}

function usesOf(files: readonly ts.SourceFile[], name: string): number {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g')
  return files.reduce((all, { text }) => all + (text.match(word)?.length ?? 0), 0)
}

/** The only declaration of the name in the program, where nothing refers to it. */
function renaming({ project }: Scene, declared: string, right: string): readonly TextEdit[] {
  const places = ownFiles(project.program()).flatMap((file) => placesOf(file, declared))
  const [only, ...others] = places
  // Any other mention is somebody who knows the name as it is.
  if (only === undefined || others.length > 0 || !isDeclaration(only)) return []
  const file = only.getSourceFile()
  return [
    { file: file.fileName, start: only.getStart(file), length: only.getWidth(file), text: right },
  ]
}

function placesOf(file: ts.SourceFile, name: string): readonly ts.Identifier[] {
  if (!file.text.includes(name)) return []
  const found: ts.Identifier[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.name === node
  // `{ uint }` takes what nobody gives: with the name, what is taken is put right too.
  if (ts.isBindingElement(parent)) return parent.name === node && !parent.propertyName
  return declarations.has(parent.kind) && parent.getChildren().includes(node)
}

const declarations = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.EnumMember,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.MethodSignature,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.MethodDeclaration,
])

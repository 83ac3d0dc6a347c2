import ts from 'typescript6'

import { injector, type Site } from './site.ts'
import { nodesOf, placeOf, replaceNode, type Source, sourcesOf } from './source.ts'

export const misspeltProperty = injector('misspelt-property', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) => misspelt(source, isPropertyUse, dropLetter)),
)

export const misspeltIdentifier = injector('misspelt-identifier', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) => misspelt(source, isNameUse, dropLetter)),
)

/** Two neighbouring letters of a short name changed places, as in `nmae`. */
export const transposedLetters = injector('transposed-letters', 'mechanical', (files) =>
  sourcesOf(files).flatMap((source) =>
    misspelt(
      source,
      (node) => node.text.length <= 6 && (isPropertyUse(node) || isNameUse(node)),
      swapLetters,
    ),
  ),
)

function misspelt(
  source: Source,
  wanted: (node: ts.Identifier) => boolean,
  spell: (name: string) => string,
): Site[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isIdentifier(node))
    .filter((node) => node.text.length >= 4 && wanted(node) && spell(node.text) !== node.text)
    .map((node) => ({
      description: `${node.text} became ${spell(node.text)} at ${placeOf(source, node)}`,
      changes: [replaceNode(source, node, spell(node.text))],
    }))
}

function isPropertyUse(node: ts.Identifier): boolean {
  return (
    ts.isPropertyAccessExpression(node.parent) &&
    node.parent.name === node &&
    node.parent.expression.getText() !== 'module'
  )
}

/** A name that is called, constructed or passed on, not one that is declared here. */
function isNameUse(node: ts.Identifier): boolean {
  const { parent } = node
  const called =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && node.text !== 'require'
  return (
    called ||
    (ts.isBinaryExpression(parent) && parent.left !== node) ||
    (ts.isReturnStatement(parent) && parent.expression === node)
  )
}

function dropLetter(name: string): string {
  const middle = Math.floor(name.length / 2)
  return name.slice(0, middle) + name.slice(middle + 1)
}

function swapLetters(name: string): string {
  const [first = '', second = '', third = '', ...rest] = name
  return [first, third, second, ...rest].join('')
}

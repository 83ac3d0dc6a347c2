import ts from 'typescript6'

import { wrongLiteral } from '../codes.ts'
import { ownFiles } from '../import-graph.ts'
import { distance } from '../names/distance.ts'
import { likeliest } from '../names/likeness.ts'
import { vocabularyOf } from '../names/words.ts'
import type { CodeFixer, Proposal, Scene, Tier } from '../proposal.ts'
import { isOffered } from './missing-import.ts'
import { keyThatFits, literalsThatFit, namesThatFit, type Fitting } from './names-that-fit.ts'

/**
 * Corrects a misspelt name to the only one that fits and is near. Never where somebody exports exactly the name as
 * written: that one lacks an import, and its neighbour in the alphabet means something else.
 */
export const misspelling: CodeFixer = function* (scene) {
  if (wrongLiteral.has(scene.problem.code)) {
    for (const fitting of literalsThatFit(scene)) yield correctionOf(scene, fitting)
    const key = keyThatFits(scene)
    if (key !== null) yield correctionOf(scene, key)
    return
  }
  const fitting = namesThatFit(scene)
  if (fitting === null) return
  if (fitting.kind !== 'member' && isOffered(scene, fitting.wrong)) return
  yield whatStoodThere(scene, fitting)
  yield correctionOf(scene, fitting)
}

/** What the last good commit had in the same line at the same place, where that is only a slip away. */
function whatStoodThere(scene: Scene, fitting: Fitting): Tier {
  const { file, projects } = scene
  const before = projects.was(file.fileName)
  if (before === null) return []
  const start = fitting.node.getStart(file)
  const [left, right] = aroundIn(file.text, start, fitting.wrong)
  const names = before.split('\n').flatMap((line) => {
    const text = line.trim()
    const isSame = text.startsWith(left) && text.endsWith(right)
    return isSame ? text.slice(left.length, text.length - right.length) : []
  })
  const isNear = (name: string): boolean =>
    fitting.names.includes(name) && distance(fitting.wrong, name) <= 2
  const [name, other] = [...new Set(names)].filter(isNear)
  return name === undefined || other !== undefined ? [] : [correcting(scene, fitting, name)]
}

/** What stands before and behind a word in its line. */
function aroundIn(text: string, start: number, word: string): readonly [string, string] {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const end = text.indexOf('\n', start)
  return [
    text.slice(from, start).trimStart(),
    text.slice(start + word.length, end < 0 ? text.length : end).trimEnd(),
  ]
}

function correctionOf(scene: Scene, fitting: Fitting): Tier {
  const vocabulary = vocabularyOf(ownFiles(scene.project.program()), fitting.wrong)
  const names = likeliest(fitting.wrong, fitting.names, vocabulary)
  return names.length === 1 ? names.map((name) => correcting(scene, fitting, name)) : []
}

function correcting(
  { file, name: path }: Scene,
  { node, wrong }: Fitting,
  right: string,
): Proposal {
  const quoted = ts.isStringLiteralLike(node) ? 1 : 0
  return {
    strategy: 'types/spelling',
    description: `Corrected \`${wrong}\` to \`${right}\` in ${path}`,
    rootCause: `${path} misspelt \`${right}\` as \`${wrong}\``,
    risk: 'safe',
    edits: [
      {
        file: file.fileName,
        start: node.getStart(file) + quoted,
        length: node.getWidth(file) - 2 * quoted,
        text: right,
      },
    ],
  }
}

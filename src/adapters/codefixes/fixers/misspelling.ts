import ts from 'typescript6'

import { wrongLiteral } from '../codes.ts'
import { ownFiles } from '../import-graph.ts'
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
  yield correctionOf(scene, fitting)
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

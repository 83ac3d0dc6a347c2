import { exporting } from '../imports/export-declaration.ts'
import type { CodeFixer } from '../proposal.ts'

/** Exports the overload that its siblings left behind, and puts `export` back before a `default`. */
export const partialExport: CodeFixer = function* (scene) {
  const { problem, file, node, name } = scene
  if (problem.code === 2383) {
    yield exporting(scene, node.getText(file), file).map((one) => ({ ...one, risk: 'safe' }))
  } else if (problem.message === "'export' expected.") {
    yield [
      {
        strategy: 'types/export',
        description: `Exported the default of ${name}`,
        rootCause: `${name} declared a default without exporting it`,
        risk: 'safe',
        edits: [{ file: problem.file, start: problem.start, length: 0, text: 'export ' }],
      },
    ]
  }
}

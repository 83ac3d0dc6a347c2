import ts from 'typescript6'

import { styleOf } from '../project/editing-style.ts'
import type { CodeFixer } from '../proposal.ts'
import { enclosing } from '../syntax.ts'

/** Says of a JSON import that it is one, as Node's modules want it. */
export const importAttribute: CodeFixer = function* ({ node, file, name }) {
  const specifier = enclosing(node, ts.isImportDeclaration)?.moduleSpecifier
  if (specifier === undefined) return
  const { quote } = styleOf(file.text)
  yield [
    {
      strategy: 'types/import-attribute',
      description: `Imported ${specifier.getText(file)} as JSON in ${name}`,
      rootCause: `${name} imported a JSON file without saying so`,
      risk: 'safe',
      edits: [
        {
          file: file.fileName,
          start: specifier.end,
          length: 0,
          text: ` with { type: ${quote}json${quote} }`,
        },
      ],
    },
  ]
}

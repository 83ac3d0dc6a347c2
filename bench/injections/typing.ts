import ts from 'typescript6'

import { exportKeyword } from './module-names.ts'
import { type Files, injector, type Site } from './site.ts'
import {
  edited,
  indentAt,
  isTypeScript,
  nodesOf,
  placeOf,
  type Source,
  sourcesOf,
  testsOf,
} from './source.ts'

/** `import type { X }` and `{ type X }` without the word that keeps them out of the program. */
export const importType = injector('import-type', 'mechanical', (files) =>
  typed(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter(
        (node) =>
          (ts.isImportClause(node) || ts.isImportSpecifier(node)) &&
          node.getText().startsWith('type '),
      )
      .map((node) => cut(source, node.getStart(), 'type '.length)),
  ),
)

export const missingOverride = injector('missing-override', 'mechanical', (files) =>
  typed(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => node.kind === ts.SyntaxKind.OverrideKeyword)
      .map((node) => cut(source, node.getStart(), 'override '.length)),
  ),
)

/** A comment that excuses an error which is not there any more. */
export const staleExpectError = injector('stale-expect-error', 'mechanical', (files) =>
  [...typed(files), ...testsOf(files).filter(({ path }) => isTypeScript(path))].flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isVariableStatement(node) && ts.isBlock(node.parent))
      .map((node) => {
        const start = node.getStart()
        const text = `// @ts-expect-error the types of this were wrong once\n${indentAt(source, start)}`
        return {
          description: `stale comment at ${placeOf(source, node)}`,
          changes: [edited(source, { start, end: start, text })],
        }
      }),
  ),
)

export const missingReturnType = injector('missing-return-type', 'mechanical', (files) =>
  typed(files).flatMap((source) =>
    source.ast.statements
      .filter((node) => ts.isFunctionDeclaration(node))
      .flatMap((node) =>
        node.type && exportKeyword(node) ? [withoutType(source, node.type)] : [],
      ),
  ),
)

export const implicitAny = injector('implicit-any', 'semantic', (files) =>
  typed(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isParameter(node) && ts.isFunctionDeclaration(node.parent))
      .flatMap((node) =>
        ts.isParameter(node) && node.type && !node.initializer
          ? [withoutType(source, node.type)]
          : [],
      ),
  ),
)

export const possiblyUndefined = injector('possibly-undefined', 'semantic', (files) =>
  sourcesOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined)
      .flatMap((node) =>
        ts.isPropertyAccessExpression(node) && node.questionDotToken
          ? [cut(source, node.questionDotToken.getStart(), 1)]
          : [],
      ),
  ),
)

function typed(files: Files): Source[] {
  return sourcesOf(files).filter(({ path }) => isTypeScript(path))
}

function withoutType(source: Source, type: ts.TypeNode): Site {
  const start = source.text.lastIndexOf(':', type.getStart())
  return {
    description: `no type ${type.getText().slice(0, 30)} at ${placeOf(source, type)}`,
    changes: [edited(source, { start, end: type.getEnd(), text: '' })],
  }
}

function cut(source: Source, start: number, length: number): Site {
  const line = source.ast.getLineAndCharacterOfPosition(start).line + 1
  const description = `no ${source.text.slice(start, start + length).trim()} at ${source.path}:${line}`
  return { description, changes: [edited(source, { start, end: start + length, text: '' })] }
}

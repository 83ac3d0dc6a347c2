import * as codes from '../codes.ts'
import type { CodeFixer } from '../proposal.ts'
import { missingExport } from './missing-export.ts'
import { missingImport } from './missing-import.ts'
import { misspelling } from './misspelling.ts'
import { typescriptFixes } from './typescript-fixes.ts'
import { wrongPath } from './wrong-path.ts'

/** Which fixers know a problem, in the order they are asked: the one whose answer is surest comes first. */
const table: readonly (readonly [ReadonlySet<number>, CodeFixer])[] = [
  [codes.unresolvedModule, wrongPath],
  [codes.missingExport, missingExport],
  [codes.unknownName, missingImport],
  [
    new Set([
      ...codes.unknownName,
      ...codes.unknownMember,
      ...codes.wrongLiteral,
      ...codes.missingExport,
    ]),
    misspelling,
  ],
]

export function fixersFor(code: number): readonly CodeFixer[] {
  return [...table.filter(([known]) => known.has(code)).map(([, fixer]) => fixer), typescriptFixes]
}

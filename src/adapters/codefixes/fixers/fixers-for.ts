import * as codes from '../codes.ts'
import type { CodeFixer } from '../proposal.ts'
import { awaiting } from './awaiting.ts'
import { duplicateImport } from './duplicate-import.ts'
import { importAttribute } from './import-attribute.ts'
import { lostType } from './lost-type.ts'
import { missingExport } from './missing-export.ts'
import { missingImport } from './missing-import.ts'
import { misspelling } from './misspelling.ts'
import { misspeltDeclaration } from './misspelt-declaration.ts'
import { optionalChain } from './optional-chain.ts'
import { partialExport } from './partial-export.ts'
import { requiredExport } from './required-export.ts'
import { staleExpectation } from './stale-expectation.ts'
import { typescriptFixes } from './typescript-fixes.ts'
import { unexported } from './unexported.ts'
import { unused } from './unused.ts'
import { wrongPath } from './wrong-path.ts'

const names = new Set([...codes.unknownName, ...codes.unknownMember, ...codes.missingExport])

/** Which fixers know a problem, in the order they are asked: the one whose answer is surest comes first. */
const table: readonly (readonly [ReadonlySet<number>, CodeFixer])[] = [
  [codes.unresolvedModule, wrongPath],
  [codes.missingExport, missingExport],
  [codes.unknownName, missingImport],
  [new Set([...codes.missingExport, ...codes.unknownMember]), requiredExport],
  [names, misspeltDeclaration],
  [new Set([...names, ...codes.wrongLiteral]), misspelling],
  [new Set([2300, 2440, 2451]), duplicateImport],
  [new Set([1543]), importAttribute],
  [new Set([2383, 1005, 1128]), partialExport],
  [new Set([2578]), staleExpectation],
  [new Set([7006, 7019, 7031]), lostType],
  [codes.unusedCodes, unexported],
  [codes.unusedCodes, unused],
]

/** Asked when TypeScript has no answer; whether a value is there is asked after all that could bring it there. */
const late: typeof table = [
  [codes.awaitRelated, awaiting],
  [codes.possiblyMissing, optionalChain],
]

export function fixersFor(code: number): readonly CodeFixer[] {
  const own = table.filter(([known]) => known.has(code)).map(([, fixer]) => fixer)
  const last = late.filter(([known]) => known.has(code)).map(([, fixer]) => fixer)
  return [...own, typescriptFixes, ...last]
}

import type { Proposal } from '../proposal.ts'

export interface Allowed {
  readonly strategy: string
  readonly risk: Proposal['risk']
  readonly did: string
  readonly cause: string
}

type Row = readonly [strategy: string, did: string, cause: string]

/** Says what the code already means. */
const safe: Readonly<Record<string, Row>> = {
  addMissingAwait: ['await', 'Awaited a promise', 'used a promise as if it were its value'],
  addMissingAwaitToInitializer: [
    'await',
    'Awaited a promise',
    'used a promise as if it were its value',
  ],
  fixAwaitInSyncFunction: [
    'async',
    'Made a function async',
    'awaited in a function that was not async',
  ],
  fixReturnTypeInAsyncFunction: [
    'async-return',
    'Wrapped the return type of an async function in Promise',
    'declared an async function without a promise',
  ],
  fixOverrideModifier: [
    'override',
    'Put the override modifier right',
    'had an override modifier that did not match the base class',
  ],
  addVoidToPromise: [
    'void-promise',
    'Declared that a promise resolves without a value',
    'resolved a promise without the value it declares',
  ],
  convertToTypeOnlyImport: [
    'type-only',
    'Imported a type as a type',
    'imported a type as if it were a value',
  ],
  convertToTypeOnlyExport: [
    'type-only',
    'Exported a type as a type',
    'exported a type as if it were a value',
  ],
  splitTypeOnlyImport: [
    'type-only',
    'Split a type-only import',
    'imported a default and names in one type-only import',
  ],
  'add-annotation': [
    'annotation',
    'Spelled out an inferred type',
    'exported something whose type is not spelled out',
  ],
  fixUnreachableCode: [
    'unreachable',
    'Removed code that is never reached',
    'had code that is never reached',
  ],
  fixUnusedLabel: ['label', 'Removed a label nobody uses', 'had a label nobody uses'],
  forgottenThisPropertyAccess: [
    'this',
    'Named a member by its object',
    'used a member without its object',
  ],
  fixExpectedComma: [
    'comma',
    'Put a comma where a list needs one',
    'had something else where a comma belongs',
  ],
  addMissingNewOperator: ['new', 'Created an object with new', 'called a class without new'],
  extendsInterfaceBecomesImplements: [
    'implements',
    'Implemented an interface instead of extending it',
    'extended an interface as if it were a class',
  ],
  fixPropertyAssignment: [
    'property',
    'Wrote a property with a colon',
    'wrote a property of an object with an equals sign',
  ],
  fixNoPropertyAccessFromIndexSignature: [
    'index',
    'Read an index signature by its key',
    'read an index signature like a property',
  ],
  useBigintLiteral: [
    'bigint',
    'Wrote a big integer as one',
    'wrote an integer too large for a number',
  ],
  useDefaultImport: [
    'default-import',
    'Imported the default export',
    'imported a default export as a namespace',
  ],
  correctQualifiedNameToIndexedAccessType: [
    'indexed-type',
    "Read a type's member by its key",
    "read a type's member like a namespace's",
  ],
  addMissingResolutionModeImportAttribute: [
    'import-attribute',
    'Added the import attribute',
    'imported a module without the attribute it needs',
  ],
  addMissingDeclareProperty: [
    'declare',
    'Declared an inherited property',
    'overwrote an inherited property',
  ],
  removeAccidentalCallParentheses: ['accessor', 'Read an accessor', 'called an accessor'],
  addMissingInvocationForDecorator: [
    'decorator',
    'Called a decorator',
    'named a decorator without calling it',
  ],
  fixNaNEquality: ['nan', 'Compared with Number.isNaN', 'compared with NaN, which nothing equals'],
}

/** Most likely meant, yet a human should look. */
const review: Readonly<Record<string, Row>> = {
  inferFromUsage: ['infer', 'Declared a type as it is used', 'left a type open that nothing tells'],
  fixMissingCallParentheses: [
    'call',
    'Called a function that was only named',
    'named a function where its result is meant',
  ],
  constructorForDerivedNeedSuperCall: [
    'super',
    'Called the constructor of the base class',
    'did not call the constructor of its base class',
  ],
  classSuperMustPrecedeThisAccess: [
    'super',
    'Called the base constructor first',
    'used this before its base class was constructed',
  ],
  addMissingConst: ['const', 'Declared a variable', 'assigned to a variable without declaring it'],
  fixConvertConstToLet: ['let', 'Let a variable change', 'assigned to a constant'],
  fixImplicitThis: ['this-type', 'Kept this in an arrow function', 'lost this in a function'],
  addMissingConstraint: [
    'constraint',
    'Constrained a type parameter',
    'left a type parameter wider than its use',
  ],
}

/**
 * TypeScript's own fixes that we take. Everything else it offers stays out: it invents members, stubs and types, asserts,
 * casts, ignores, or edits configuration.
 */
export const allowed: ReadonlyMap<string, Allowed> = new Map([
  ...rows(safe, 'safe'),
  ...rows(review, 'review'),
])

function rows(
  table: Readonly<Record<string, Row>>,
  risk: Allowed['risk'],
): readonly (readonly [string, Allowed])[] {
  return Object.entries(table).map(([fixName, [strategy, did, cause]]) => [
    fixName,
    { strategy, risk, did, cause },
  ])
}

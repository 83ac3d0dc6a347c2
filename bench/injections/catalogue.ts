import { missingAsync, missingAwait } from './asynchrony.ts'
import { doubleFailure } from './doubles.ts'
import { missingExport } from './exports.ts'
import { format } from './formatting.ts'
import {
  deletedModule,
  missingImport,
  misspeltImportPath,
  unusedImport,
  wrongImportCase,
  wrongImportPath,
} from './imports.ts'
import { lintAutofix, lintDebugger, lintUselessEscape, unusedLocal } from './linting.ts'
import {
  logicChange,
  missingCase,
  missingProperty,
  missingReturn,
  wrongArgument,
} from './meaning.ts'
import { lockMismatch, missingDependency, tamperedLock } from './packages.ts'
import type { Injector } from './site.ts'
import { misspeltIdentifier, misspeltProperty, transposedLetters } from './spelling.ts'
import { flakyTest, staleSnapshot, wrongExpectation } from './testing.ts'
import { twinNames, twoExporters } from './traps.ts'
import {
  implicitAny,
  importType,
  missingOverride,
  missingReturnType,
  possiblyUndefined,
  staleExpectError,
} from './typing.ts'

/** Every way in which the bench breaks a repository. */
export const catalogue: readonly Injector[] = [
  format,
  lintAutofix,
  lintDebugger,
  lintUselessEscape,
  unusedLocal,
  unusedImport,
  missingImport,
  wrongImportPath,
  misspeltImportPath,
  wrongImportCase,
  missingExport,
  misspeltProperty,
  misspeltIdentifier,
  transposedLetters,
  missingAwait,
  missingAsync,
  importType,
  missingOverride,
  staleExpectError,
  missingReturnType,
  lockMismatch,
  missingDependency,
  doubleFailure,
  possiblyUndefined,
  implicitAny,
  missingCase,
  missingProperty,
  wrongArgument,
  missingReturn,
  logicChange,
  deletedModule,
  staleSnapshot,
  flakyTest,
  wrongExpectation,
  tamperedLock,
  twinNames,
  twoExporters,
]

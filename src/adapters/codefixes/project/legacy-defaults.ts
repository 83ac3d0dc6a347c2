import { dirname, join } from 'node:path'

import ts from 'typescript6'

/**
 * TypeScript 6 changed what an option means that nobody set. A repository on 5 or older keeps its own meaning:
 * options are filled in as that version would have.
 */
export function withDefaultsOf(
  options: ts.CompilerOptions,
  configDirectory: string,
): ts.CompilerOptions {
  const quiet = { ...options, ignoreDeprecations: '6.0' }
  return typescriptMajor(configDirectory) >= 6 ? quiet : { ...defaults(options), ...quiet }
}

function defaults(options: ts.CompilerOptions): ts.CompilerOptions {
  const target = options.target ?? implied(options.module)
  const module =
    options.module ??
    (target >= ts.ScriptTarget.ES2015 ? ts.ModuleKind.ES2015 : ts.ModuleKind.CommonJS)
  const interop = isNode(module) || module === ts.ModuleKind.Preserve
  return {
    target,
    module,
    moduleResolution: resolution(module),
    strict: false,
    types: ['*'],
    esModuleInterop: interop,
    allowSyntheticDefaultImports:
      interop || options.esModuleInterop === true || module === ts.ModuleKind.System,
    noUncheckedSideEffectImports: false,
  }
}

function implied(module: ts.ModuleKind | undefined): ts.ScriptTarget {
  if (module === undefined || !isNode(module)) return ts.ScriptTarget.ES5
  return module === ts.ModuleKind.NodeNext ? ts.ScriptTarget.ESNext : ts.ScriptTarget.ES2022
}

function isNode(module: ts.ModuleKind): boolean {
  return module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext
}

function resolution(module: ts.ModuleKind): ts.ModuleResolutionKind {
  if (module === ts.ModuleKind.NodeNext) return ts.ModuleResolutionKind.NodeNext
  if (isNode(module)) return ts.ModuleResolutionKind.Node16
  if (module === ts.ModuleKind.Preserve) return ts.ModuleResolutionKind.Bundler
  return module === ts.ModuleKind.CommonJS
    ? ts.ModuleResolutionKind.Node10
    : ts.ModuleResolutionKind.Classic
}

/** The installed one decides, else the declared range; without either it is the newest. */
function typescriptMajor(directory: string): number {
  for (let place = directory; ; place = dirname(place)) {
    const installed = ts.sys.readFile(join(place, 'node_modules/typescript/package.json'))
    const version = /"version":\s*"(\d+)/.exec(installed ?? '')?.[1]
    if (version !== undefined) return Number(version)
    const manifest = ts.sys.readFile(join(place, 'package.json'))
    const range = /"typescript":\s*"\D*(\d+)/.exec(manifest ?? '')?.[1]
    if (range !== undefined) return Number(range)
    if (place === dirname(place)) return 6
  }
}

import { join } from 'node:path'

import ts from 'typescript6'

/**
 * Options for code that no tsconfig speaks for, mostly JavaScript: everything is looked at, little is believed.
 * Node's own resolution is assumed unless most relative imports leave the extension out in an ES module package.
 */
export function guessedOptions(directory: string, files: readonly string[]): ts.CompilerOptions {
  return {
    ...(bundled(directory, files)
      ? { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler }
      : { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }),
    target: ts.ScriptTarget.ESNext,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: false,
    jsx: ts.JsxEmit.Preserve,
    types: ['*'],
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    maxNodeModuleJsDepth: 0,
    ignoreDeprecations: '6.0',
  }
}

function bundled(directory: string, files: readonly string[]): boolean {
  const manifest = ts.sys.readFile(join(directory, 'package.json')) ?? ''
  if (!/"type":\s*"module"/.test(manifest)) return files.some(usesImportInPlainJs)
  let bare = 0
  let full = 0
  for (const file of files.slice(0, 200)) {
    for (const [, specifier = ''] of (ts.sys.readFile(file) ?? '').matchAll(relative)) {
      if (/\.\w+$/.test(specifier)) full += 1
      else bare += 1
    }
  }
  return bare > full
}

const relative = /from\s+['"](\.[^'"]*)['"]/g

/** `import` in a package that is not an ES module: something compiles it. */
function usesImportInPlainJs(file: string): boolean {
  if (!/\.[jt]sx?$/.test(file)) return false
  return /^import\s.*from\s/m.test(ts.sys.readFile(file) ?? '')
}

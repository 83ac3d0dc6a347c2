import ts from 'typescript6'

import { isProgram } from './source-files.ts'

/** How a file is written, read off the file itself. */
export interface EditingStyle {
  readonly quote: "'" | '"'
  readonly semicolons: boolean
  readonly indent: string
  readonly newLine: string
}

export function styleOf(text: string): EditingStyle {
  return {
    quote:
      count(text, /from\s+'|require\('|import\s+'/g) <
      count(text, /from\s+"|require\("|import\s+"/g)
        ? '"'
        : quoteOfStrings(text),
    semicolons: count(text, /;[ \t]*$/gm) > count(text, /[\w)\]'"`][ \t]*$/gm) / 2,
    indent: /^(\t|[ ]{2,8})\S/m.exec(text)?.[1] ?? '  ',
    newLine: text.includes('\r\n') ? '\r\n' : '\n',
  }
}

function quoteOfStrings(text: string): "'" | '"' {
  return count(text, /"[^"'\n]*"/g) > count(text, /'[^"'\n]*'/g) ? '"' : "'"
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

export function formatting(style: EditingStyle): ts.FormatCodeSettings {
  return {
    ...ts.getDefaultFormatCodeSettings(style.newLine),
    indentSize: style.indent === '\t' ? 4 : style.indent.length,
    convertTabsToSpaces: style.indent !== '\t',
    semicolons: style.semicolons ? ts.SemicolonPreference.Insert : ts.SemicolonPreference.Remove,
  }
}

/** What TypeScript's own fixes are told about the house they work in. */
export function preferences(text: string, neighbours: readonly string[]): ts.UserPreferences {
  const style = styleOf(text)
  return {
    quotePreference: style.quote === "'" ? 'single' : 'double',
    importModuleSpecifierPreference: 'shortest',
    importModuleSpecifierEnding: endingOf([text, ...neighbours]),
    includeCompletionsForModuleExports: true,
    providePrefixAndSuffixTextForRename: false,
    allowRenameOfImportPath: false,
    preferTypeOnlyAutoImports: [text, ...neighbours].some((one) => /^import type\b/m.test(one)),
  }
}

function endingOf(texts: readonly string[]): 'auto' | 'js' | 'minimal' {
  const all = texts.join('\n')
  const full = count(all, /from\s+['"]\.[^'"]*\.[cm]?[jt]sx?['"]/g)
  const bare = count(all, /from\s+['"]\.[^'"]*\/[^'"./]+['"]/g)
  if (full === bare) return 'auto'
  return full > bare ? 'js' : 'minimal'
}

/** Texts of some other programs of the project, to learn conventions a file is too short to show. */
export function neighboursOf(program: ts.Program, file: string): readonly string[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => isProgram(fileName) && !fileName.includes('/node_modules/'))
    .filter(({ fileName }) => fileName !== file)
    .slice(0, 40)
    .map(({ text }) => text)
}

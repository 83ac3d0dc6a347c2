import ts from 'typescript6'

import type { Overlay } from './overlay.ts'

/** One tsconfig's files under TypeScript's language service, edits included. */
export interface Project {
  /** Absolute path of its tsconfig, or null where we had to guess the options. */
  readonly config: string | null
  readonly options: ts.CompilerOptions
  readonly service: ts.LanguageService
  readonly files: ReadonlySet<string>
  readonly host: ts.LanguageServiceHost
  readonly program: () => ts.Program
  /** Guessed options: only what cannot be resolved is believed, types are not. */
  readonly loose: boolean
}

export interface ProjectPlan {
  readonly config: string | null
  readonly files: readonly string[]
  readonly options: ts.CompilerOptions
  readonly references: readonly ts.ProjectReference[]
  readonly directory: string
  readonly loose: boolean
}

/** A fifth of what parsing costs is comments that say nothing about types. */
const jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors

const registry = ts.createDocumentRegistry(true, undefined, jsDocParsingMode)

export function openProject(plan: ProjectPlan, overlay: Overlay): Project {
  const host = hostOf(plan, overlay)
  const service = ts.createLanguageService(host, registry)
  return {
    config: plan.config,
    options: plan.options,
    service,
    files: new Set(plan.files),
    host,
    loose: plan.loose,
    program() {
      const program = service.getProgram()
      if (program === undefined) throw new Error('The language service has no program.')
      return program
    },
  }
}

function hostOf(plan: ProjectPlan, overlay: Overlay): ts.LanguageServiceHost {
  const snapshots = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>()
  return {
    getCompilationSettings: () => plan.options,
    getScriptFileNames: () => [...plan.files],
    getScriptVersion: (file) => overlay.versionOf(file),
    getProjectVersion: () => String(overlay.version()),
    // References are not handed on: then the sources of other projects are read, whether they were built or not.
    getScriptSnapshot(file) {
      const version = overlay.versionOf(file)
      const known = snapshots.get(file)
      if (known?.version === version) return known.snapshot
      const text = overlay.read(file)
      if (text === null) return undefined
      const snapshot = ts.ScriptSnapshot.fromString(text)
      snapshots.set(file, { version, snapshot })
      return snapshot
    },
    getCurrentDirectory: () => plan.directory,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (file) => ts.sys.fileExists(file),
    readFile: (file) => overlay.read(file) ?? undefined,
    readDirectory: (...query) => ts.sys.readDirectory(...query),
    directoryExists: (directory) => ts.sys.directoryExists(directory),
    getDirectories: (directory) => ts.sys.getDirectories(directory),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    jsDocParsingMode,
    ...(ts.sys.newLine === '\n' ? { getNewLine: () => '\n' } : {}),
  }
}

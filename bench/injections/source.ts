import ts from 'typescript6'

import type { Change, Files } from './site.ts'

export interface Source {
  readonly path: string
  readonly text: string
  readonly ast: ts.SourceFile
}

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The product's own modules, without its tests. */
export function sourcesOf(files: Files): Source[] {
  return [...files].filter(([path]) => isCode(path) && !isTest(path)).map(parse)
}

export function testsOf(files: Files): Source[] {
  return [...files].filter(([path]) => isCode(path) && path.includes('.test.')).map(parse)
}

export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path)
}

/** Every node below the root, parents before their children. */
export function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(root, visit)
  return nodes
}

export function edited({ path, text }: Source, ...edits: readonly Edit[]): Change {
  const backwards = edits.toSorted((left, right) => right.start - left.start)
  return { path, text: backwards.reduce(replace, text) }
}

export function replaceNode(source: Source, node: ts.Node, text: string): Change {
  return edited(source, { start: node.getStart(source.ast), end: node.getEnd(), text })
}

/** Takes the node away with the space and the line that it stood on, if nothing else did. */
export function removeNode(source: Source, node: ts.Node): Change {
  return edited(source, {
    ...wholeLines(source.text, node.getStart(source.ast), node.getEnd()),
    text: '',
  })
}

/** `money.ts:12`, for descriptions. */
export function placeOf({ ast, path }: Source, node: ts.Node): string {
  return `${path}:${ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1}`
}

export function endOfStatement(source: Source): string {
  return /;\r?\n/.test(source.text) ? ';' : ''
}

export function indentAt({ text }: Source, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
  return /^\s*/.exec(line)?.[0] ?? ''
}

function parse([path, text]: readonly [string, string]): Source {
  return { path, text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && /(^|\/)(src|test)\//.test(path)
}

function isTest(path: string): boolean {
  return /(^|\/)test\/|\.test\./.test(path)
}

function replace(text: string, edit: Edit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end)
}

function wholeLines(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', end)
  const alone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === ''
  return alone && lineEnd >= 0 ? { start: lineStart, end: lineEnd + 1 } : { start, end }
}

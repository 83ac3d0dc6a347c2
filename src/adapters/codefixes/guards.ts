import { basename } from 'node:path'

import ts from 'typescript6'

import { isDeclaration, isProgram } from './project/source-files.ts'
import type { TextEdit } from './proposal.ts'
import { descendants, enclosing } from './syntax.ts'

/** Why an edit is none of ours, or null. Judged on the text before the edit. */
export function forbidden(file: ts.SourceFile, edit: TextEdit): string | null {
  const path = file.fileName
  if (path.includes('/node_modules/')) return 'it lies in a dependency'
  if (!isProgram(path) || isDeclaration(path)) return 'it is not a source file'
  if (isConfig(path)) return 'it is configuration'
  if (isGenerated(file)) return 'it is generated'
  return isTest(path) && inAssertion(file, edit) ? 'it would change what a test asserts' : null
}

function isConfig(path: string): boolean {
  return /^\.|(?:^|\.)(?:config|setup|workspace|rc)\.[cm]?[jt]s$|^(?:gulpfile|jest|karma)\b/.test(
    basename(path),
  )
}

function isGenerated({ fileName, text }: ts.SourceFile): boolean {
  if (/[\\/](?:__generated__|generated)[\\/]|\.(?:gen|generated)\.[cm]?[jt]sx?$/.test(fileName))
    return true
  return /@generated|do not edit|auto-?generated/i.test(text.slice(0, 500))
}

function isTest(path: string): boolean {
  return /(?:\.|-|_)(?:test|spec)\.[cm]?[jt]sx?$|[\\/](?:__tests__|tests?|spec)[\\/]/.test(path)
}

function inAssertion(file: ts.SourceFile, { start, length }: TextEdit): boolean {
  const inside = descendants(file).findLast(
    (node) => node.getStart(file) <= start && start + length <= node.end,
  )
  const statement = inside && enclosing(inside, ts.isExpressionStatement)
  return statement ? /^(?:await\s+)?(?:expect|assert|t)\b/.test(statement.getText(file)) : false
}

/** What silences the compiler instead of satisfying it; an edit may not add one. */
export function silencers(file: ts.SourceFile): number {
  const nodes = descendants(file).filter(isSilencer).length
  return (
    nodes +
    (file.text.match(/@ts-(?:ignore|expect-error|nocheck)|eslint-disable|oxlint-disable/g)
      ?.length ?? 0)
  )
}

const silencerKinds = new Set([
  ts.SyntaxKind.AnyKeyword,
  ts.SyntaxKind.UnknownKeyword,
  ts.SyntaxKind.ObjectKeyword,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.NonNullExpression,
])

function isSilencer(node: ts.Node): boolean {
  if (ts.isAsExpression(node) && ts.isConstTypeReference(node.type)) return false
  return silencerKinds.has(node.kind)
}

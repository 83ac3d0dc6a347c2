import { basename, dirname, join } from 'node:path'

import ts from 'typescript6'

import { aliasesOf, aliasPrefixes } from '../imports/aliases.ts'
import { packagesLike } from '../imports/packages-like.ts'
import { specifierFor } from '../imports/specifier-for.ts'
import { distance } from '../names/distance.ts'
import type { CodeFixer, Proposal, Scene, Tier } from '../proposal.ts'
import { enclosing, isSpecifier, moduleSpecifiers } from '../syntax.ts'

/** Finds the file that a specifier meant: mis-cased, wrong ending, moved, renamed by a slip; or the package it misspells. */
export const wrongPath: CodeFixer = function* (scene) {
  const literal = specifierAt(scene.node)
  if (literal === null) return
  const wrong = literal.text
  if (isOwn(scene, wrong)) {
    for (const files of tiersOf(scene, wrong)) yield tier(scene, wrong, files)
  } else yield packagesLike(scene, wrong).map((right) => renaming(scene, wrong, right))
}

function specifierAt(node: ts.Node): ts.StringLiteralLike | null {
  const literal = enclosing(node, ts.isStringLiteralLike)
  return literal !== null && isSpecifier(literal) ? literal : null
}

function isOwn({ project, file }: Scene, specifier: string): boolean {
  return (
    specifier.startsWith('.') ||
    aliasPrefixes(project, file.fileName).some((prefix) => specifier.startsWith(prefix))
  )
}

function tier(scene: Scene, wrong: string, files: readonly string[]): Tier {
  const right = files.flatMap(
    (file) => specifierFor(scene.project, scene.file, { file, like: manner(wrong, file) }) ?? [],
  )
  return [...new Set(right)]
    .filter((one) => one !== wrong)
    .map((one) => renaming(scene, wrong, one))
}

/** Whoever misspells the word `index` wrote it out: `./shop/indx` is `./shop/index`, and no folder. */
function manner(wrong: string, file: string): string {
  const isSpelt = basename(stem(file)) === 'index' && isSlip(basename(stem(wrong)), 'index')
  return isSpelt ? wrong.replace(/[^/.]+(?=(?:\.[^/]*)?$)/, 'index') : wrong
}

/** All places of the file that name the module: its mocks have to follow its import. */
function renaming({ file, name }: Scene, wrong: string, right: string): Proposal {
  return {
    strategy: 'types/path',
    description: `Corrected the import path '${wrong}' to '${right}' in ${name}`,
    rootCause: `${name} imported '${wrong}', which does not exist`,
    risk: 'safe',
    edits: moduleSpecifiers(file)
      .filter(({ text }) => text === wrong)
      .map((literal) => ({
        file: file.fileName,
        start: literal.getStart(file) + 1,
        length: literal.getWidth(file) - 2,
        text: right,
      })),
  }
}

function tiersOf(scene: Scene, wrong: string): readonly (readonly string[])[] {
  const files = scene.projects.sources.all.filter((file) => file !== scene.file.fileName)
  const meant = stem(wrong)
  const name = basename(meant)
  const place = wrong.startsWith('.') ? key(join(dirname(scene.file.fileName), meant)) : null
  const same = files.filter(
    (file) => place !== null && (key(stem(file)) === place || key(moduleOf(file)) === place),
  )
  const names = (file: string): readonly string[] =>
    place === null
      ? aliasesOf(scene.project, scene.file.fileName, file).flatMap(pathsOf)
      : pathsOf(file)
  const off = (file: string): readonly boolean[] =>
    names(file).flatMap((path) => slipOnTheWay(key(path), place ?? key(meant)) ?? [])
  const named = files.filter((file) => key(basename(moduleOf(file))) === key(name))
  return [
    same,
    files.filter((file) => off(file).includes(true)),
    named,
    files.filter((file) => off(file).includes(false)),
    files.filter((file) => isLoose(name, file)),
  ]
}

/** Whether the one part in which two paths differ by a slip is a folder on the way; null where they differ otherwise. */
function slipOnTheWay(path: string, wrong: string): boolean | null {
  const parts = path.split('/')
  const others = wrong.split('/')
  if (parts.length !== others.length) return null
  const at = parts.findIndex((part, index) => part !== others[index])
  const isOnly = parts.slice(at + 1).join('/') === others.slice(at + 1).join('/')
  if (at < 0 || !isOnly || !isSlip(others[at] ?? '', parts[at] ?? '')) return null
  return at < parts.length - 1
}

function stem(path: string): string {
  return path.replace(/(?:\.d)?\.(?:[cm]?[jt]sx?|json)$/, '')
}

/** A file as a module: a folder's index is the folder. */
function moduleOf(file: string): string {
  const path = stem(file)
  return basename(path) === 'index' ? dirname(path) : path
}

function key(path: string): string {
  return path.toLowerCase()
}

/** What an import may call a file: a folder's index is the folder, and itself. */
function pathsOf(file: string): readonly string[] {
  return [...new Set([moduleOf(file), stem(file)])]
}

function isSlip(name: string, other: string): boolean {
  const away = distance(key(name), other)
  return away <= 2 && away <= 0.35 * Math.max(name.length, other.length)
}

/** `formatDate` for `format-date`: the same words, joined in another way. */
function isLoose(name: string, file: string): boolean {
  return (
    key(name).replaceAll(/[-_.]/g, '') === key(basename(moduleOf(file))).replaceAll(/[-_.]/g, '')
  )
}

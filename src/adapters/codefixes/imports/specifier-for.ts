import { dirname, relative, sep } from 'node:path'

import ts from 'typescript6'

import { ownFiles, resolve } from '../import-graph.ts'
import type { Project } from '../project/open-project.ts'
import { moduleSpecifiers } from '../syntax.ts'
import { aliasesOf } from './aliases.ts'

/**
 * How a file would name another in an import, the way its neighbours do: ending, alias or relative path.
 * `like` is a specifier whose manner is to be kept where it can be. Null when no spelling resolves.
 */
export function specifierFor(
  project: Project,
  from: ts.SourceFile,
  wanted: { readonly file: string; readonly like: string | null },
): string | null {
  const manner = mannersOf(project, from, relation(from.fileName, wanted.file))
  const spellings = [
    ...aliasesOf(project, from.fileName, wanted.file).flatMap((path) => endings(path, wanted.file)),
    ...endings(relativePath(from.fileName, wanted.file), wanted.file),
  ].filter((spelling) => resolve(project, from, spelling) === wanted.file)
  const score = (spelling: string): number => {
    const { like } = wanted
    const kept = like !== null && kindOf(spelling) === kindOf(like) ? -1000 : 0
    const ending = like !== null && endingOf(spelling) === endingOf(like) ? -400 : 0
    return kept + ending - manner(spelling) + spelling.length / 1000 + unusual(project, spelling)
  }
  return spellings.toSorted((a, b) => score(a) - score(b))[0] ?? null
}

/** Whoever allows the ending of a source in an import writes it, where nothing else tells. */
function unusual({ options }: Project, spelling: string): number {
  const isSource = /\.[cm]?tsx?$/.test(spelling)
  return isSource === (options.allowImportingTsExtensions === true) ? 0 : 0.01
}

function relativePath(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join('/')
  return path.startsWith('.') ? path : `./${path}`
}

/** `./a/index.ts` → ./a/index.ts, ./a/index.js, ./a/index, ./a */
function endings(path: string, file: string): readonly string[] {
  const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(path)?.[0]
  if (extension === undefined) return [path]
  const stem = path.slice(0, -extension.length)
  const output = file.endsWith('x')
    ? ['.js', '.jsx']
    : [extension.replace('.d', '').replace('ts', 'js')]
  const folder = /(?:^|\/)index$/.test(stem) ? [stem.replace(/\/?index$/, '') || '.'] : []
  return [...new Set([...folder, stem, ...output.map((one) => stem + one), path])].filter(
    (one) => one !== '' && one !== '#',
  )
}

/** How common a spelling's manner is: in the file itself first, then in the project. */
function mannersOf(
  project: Project,
  from: ts.SourceFile,
  towards: string,
): (spelling: string) => number {
  const counts = new Map<string, number>()
  const add = (file: ts.SourceFile, weight: number): void => {
    for (const { text } of moduleSpecifiers(file)) {
      const target = resolve(project, file, text)
      if (target === null || target.includes('/node_modules/')) continue
      const isAlike = relation(file.fileName, target) === towards
      // How a path ends is one habit of a whole project; the way it takes is another for each relation.
      const manners = isAlike ? mannerOf(text) : [`ending ${endingOf(text)}`]
      const counted = isAlike ? weight : weight / 10
      for (const manner of manners) counts.set(manner, (counts.get(manner) ?? 0) + counted)
    }
  }
  add(from, 20)
  const others = ownFiles(project.program()).filter((file) => file !== from)
  const isBeside = ({ fileName }: ts.SourceFile): boolean =>
    dirname(fileName) === dirname(from.fileName)
  for (const file of others.filter(isBeside)) add(file, 2)
  for (const file of others.slice(0, 60)) add(file, 1)
  return (spelling) => mannerOf(spelling).reduce((all, one) => all + (counts.get(one) ?? 0), 0)
}

function mannerOf(spelling: string): readonly string[] {
  const way = spelling.startsWith('./') ? 'beside' : spelling.startsWith('.') ? 'above' : 'alias'
  return [`way ${way}`, `kind ${kindOf(spelling)}`, `ending ${endingOf(spelling)}`]
}

function kindOf(spelling: string): string {
  if (spelling.startsWith('./')) return 'beside'
  if (spelling.startsWith('.')) return 'above'
  return /^[@#~]?[^/]*\//.exec(spelling)?.[0] ?? spelling
}

function endingOf(spelling: string): string {
  return /\.[cm]?[jt]sx?$/.exec(spelling)?.[0] ?? (spelling.endsWith('/index') ? '/index' : '')
}

/** A neighbour is often named in another way than somebody far off. */
function relation(from: string, to: string): 'beside' | 'below' | 'far' {
  const home = dirname(from)
  if (dirname(to) === home) return 'beside'
  return to.startsWith(home + sep) ? 'below' : 'far'
}

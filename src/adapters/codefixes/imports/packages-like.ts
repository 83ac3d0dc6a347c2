import { dirname, join } from 'node:path'

import ts from 'typescript6'

import { resolve } from '../import-graph.ts'
import { distance } from '../names/distance.ts'
import type { Scene } from '../proposal.ts'
import { moduleSpecifiers } from '../syntax.ts'
import { packageOf } from './aliases.ts'

/** The names of packages, of what lies in them, and of built-ins that are nearest to a misspelt one, as imports write them. */
export function packagesLike(scene: Scene, wrong: string): readonly string[] {
  const own = packageOf(scene.file.fileName)
  const root = packageOf(join(scene.projects.root, 'x'))
  const names = [
    ...(own?.dependencies ?? []),
    ...(root?.dependencies ?? []),
    ...used(scene),
    ...scene.checker.getAmbientModules().map(({ name }) => name.slice(1, -1)),
    ...insideOf(scene, wrong),
  ]
  const close = [...new Set(names)].filter((name) => {
    const away = distance(wrong, name)
    return away > 0 && away <= 2 && away <= 0.3 * Math.max(name.length, wrong.length)
  })
  const nearest = Math.min(...close.map((name) => distance(wrong, name)))
  return close.filter((name) => distance(wrong, name) === nearest)
}

/** What the program's other files import by name: packages, their subpaths, built-ins. */
function used({ project }: Scene): readonly string[] {
  return project
    .program()
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes('/node_modules/'))
    .flatMap((file) => moduleSpecifiers(file).map(({ text }) => text))
    .filter((text) => !text.startsWith('.'))
}

/** What an installed package offers beside the misspelt `name/some/file`, of that which can be imported. */
function insideOf(scene: Scene, wrong: string): readonly string[] {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(wrong) ?? []
  if (name === undefined || rest === undefined) return []
  const place = installed(dirname(scene.file.fileName), name)
  if (place === null) return []
  const { exports } = Object(
    ts.readConfigFile(join(place, 'package.json'), (path) => ts.sys.readFile(path)).config,
  )
  const listed = Object.keys(Object(exports)).map((key) => join(name, key))
  const found = entries(join(place, dirname(rest))).map((entry) => join(name, dirname(rest), entry))
  return [...listed, ...found].filter((one) => resolve(scene.project, scene.file, one) !== null)
}

function installed(from: string, name: string): string | null {
  const place = join(from, 'node_modules', name)
  if (ts.sys.directoryExists(place)) return place
  return from === dirname(from) ? null : installed(dirname(from), name)
}

/** Files with their ending and without, and folders. */
function entries(folder: string): readonly string[] {
  if (!ts.sys.directoryExists(folder)) return []
  const files = ts.sys
    .readDirectory(folder, undefined, undefined, undefined, 1)
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
  const bare = files.map((file) => file.replace(/(?:\.d)?\.[cm]?[jt]s$/, ''))
  return [...files, ...bare, ...ts.sys.getDirectories(folder)]
}

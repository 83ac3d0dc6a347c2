import { z } from 'zod'

import { injector, type Change, type Files } from './site.ts'

const names = z.record(z.string(), z.string())
const manifest = z.looseObject({
  dependencies: names.optional(),
  devDependencies: names.optional(),
})
const entries = z.record(z.string(), z.unknown())
const locked = z.record(z.string(), entries)

/** The manifest asks for something that the lock does not know: an entry that a merge lost, another range. */
export const lockMismatch = injector('lock-mismatch', 'mechanical', (files) => [
  ...npmLocks(files).flatMap((file) =>
    directDependencies(files)
      .filter((name) => isOnlyWantedByOurs(file, name))
      .map((name) => ({
        description: `${file.path} has lost ${name}`,
        changes: [withoutLocked(file, name)],
      })),
  ),
  ...pnpmLocks(files).flatMap(({ path, text }) =>
    [...text.matchAll(/specifier: (\d+)\.(\d+)\.(\d+)/g)].map(([found, , , patch]) => ({
      description: `${path} has an old ${found}`,
      changes: [
        { path, text: text.replace(found, found.replace(/\d+$/, String(Number(patch) + 90))) },
      ],
    })),
  ),
])

/** A package that the program imports is in no manifest any more. */
export const missingDependency = injector('missing-dependency', 'mechanical', (files) =>
  manifests(files).flatMap(({ path, text }) =>
    Object.keys(manifest.parse(JSON.parse(text)).dependencies ?? {})
      .filter((name) => npmLocks(files).every((file) => isOnlyWantedByOurs(file, name)))
      .map((name) => ({
        description: `${name} is missing in ${path}`,
        changes: [
          { path, text: withoutDependency(text, name) },
          ...npmLocks(files).map((file) => withoutLocked(file, name)),
        ],
      })),
  ),
)

/** A lock whose checksum was tampered with: the only right answer is no. */
export const tamperedLock = injector('trap-integrity', 'trap', (files) =>
  [...npmLocks(files), ...pnpmLocks(files)].flatMap(({ path, text }) =>
    [...text.matchAll(/sha512-[A-Za-z0-9+/]{20}/g)].slice(0, 40).map(([found], index) => ({
      description: `checksum ${index} of ${path} is another`,
      changes: [
        {
          path,
          text: text.replace(found, found.replace(/-(.{10})(.{10})$/, '-$2$1')),
        },
      ],
    })),
  ),
)

interface File {
  readonly path: string
  readonly text: string
}

function withoutLocked({ path, text }: File, name: string): Change {
  const whole = entries.parse(JSON.parse(text))
  const packages = Object.entries(packagesIn(text))
    .filter(([key]) => key !== `node_modules/${name}`)
    .map(([key, entry]) => [key, without(entry, name)])
  const left = { ...whole, packages: Object.fromEntries(packages) }
  return { path, text: `${JSON.stringify(left, null, 2)}\n` }
}

function packagesIn(text: string): z.infer<typeof locked> {
  return locked.parse(entries.parse(JSON.parse(text))['packages'])
}

const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']

function without(entry: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const left = Object.entries(entry).flatMap(([key, value]): (readonly [string, unknown])[] => {
    const { success, data } = names.safeParse(value)
    if (!kinds.includes(key) || !success || !(name in data)) return [[key, value]]
    const rest = Object.entries(data).filter(([each]) => each !== name)
    return rest.length === 0 ? [] : [[key, Object.fromEntries(rest)]]
  })
  return Object.fromEntries(left)
}

function withoutDependency(text: string, name: string): string {
  const parsed = manifest.parse(JSON.parse(text))
  const rest = Object.entries(parsed.dependencies ?? {}).filter(([key]) => key !== name)
  return `${JSON.stringify({ ...parsed, dependencies: Object.fromEntries(rest) }, null, 2)}\n`
}

/** What an installed package brings along as well is still there without us asking for it. */
function isOnlyWantedByOurs({ text }: File, name: string): boolean {
  const installed = Object.entries(packagesIn(text)).filter(([key]) =>
    key.startsWith('node_modules/'),
  )
  return installed.every(([, entry]) =>
    kinds.every((kind) => !(name in (names.safeParse(entry[kind]).data ?? {}))),
  )
}

function directDependencies(files: Files): string[] {
  const { dependencies, devDependencies } = manifest.parse(
    JSON.parse(files.get('package.json') ?? '{}'),
  )
  return Object.keys({ ...dependencies, ...devDependencies })
}

function manifests(files: Files): File[] {
  return listed(files, (path) => path.endsWith('package.json'))
}

function npmLocks(files: Files): File[] {
  return listed(files, (path) => path === 'package-lock.json')
}

function pnpmLocks(files: Files): File[] {
  return listed(files, (path) => path === 'pnpm-lock.yaml')
}

function listed(files: Files, wanted: (path: string) => boolean): File[] {
  return [...files].filter(([path]) => wanted(path)).map(([path, text]) => ({ path, text }))
}

import { z } from 'zod'

import { injector, type Change, type Files } from './site.ts'

const names = z.record(z.string(), z.string())
const manifest = z.looseObject({
  dependencies: names.optional(),
  devDependencies: names.optional(),
})
const lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
})

/** The manifest asks for something that the lock does not know. */
export const lockMismatch = injector('lock-mismatch', 'mechanical', (files) => [
  ...npmLocks(files).flatMap(({ path, text }) =>
    directDependencies(files).map((name) => {
      const changed = text.replace(new RegExp(`("${escaped(name)}": )"([^"]+)"`), '$1"0.0.1"')
      return { description: `${path} wants another ${name}`, changes: [{ path, text: changed }] }
    }),
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
    Object.keys(manifest.parse(JSON.parse(text)).dependencies ?? {}).map((name) => ({
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
  const parsed = lock.parse(JSON.parse(text))
  const packages = Object.entries(parsed.packages)
    .filter(([key]) => key !== `node_modules/${name}`)
    .map(([key, entry]) => [key, without(entry, name)])
  return {
    path,
    text: `${JSON.stringify({ ...parsed, packages: Object.fromEntries(packages) }, null, 2)}\n`,
  }
}

function without(entry: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const { success, data } = names.safeParse(entry['dependencies'])
  if (!success || !(name in data)) return entry
  const rest = Object.entries(data).filter(([key]) => key !== name)
  return { ...entry, dependencies: Object.fromEntries(rest) }
}

function withoutDependency(text: string, name: string): string {
  const parsed = manifest.parse(JSON.parse(text))
  const rest = Object.entries(parsed.dependencies ?? {}).filter(([key]) => key !== name)
  return `${JSON.stringify({ ...parsed, dependencies: Object.fromEntries(rest) }, null, 2)}\n`
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

function escaped(name: string): string {
  return name.replaceAll(/[/.]/g, String.raw`\$&`)
}

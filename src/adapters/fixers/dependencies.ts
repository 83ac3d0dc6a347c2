import { combine } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { writtenLock } from './lock-write.ts'
import { type Declared, declaredIn, manifestsAbove, withDeclared } from './manifest.ts'
import { type Missing, missingPackage, typesOf } from './missing-package.ts'

/**
 * Declares a package that the code uses and no manifest above it names, in exactly the version that the base commit or
 * another package of the workspace declares. A name nobody declared is never guessed: it may not be what it sounds like.
 */
export const dependencies: Fixer = {
  id: 'dependencies/missing',
  rung: 'dependencies',
  applies: ({ findings }) => findings.some((each) => missingPackage(each).length > 0),
  propose: async (request) => {
    const wanted = await declarations(request)
    const candidates: Candidate[] = []
    for (const each of wanted.values()) candidates.push(...(await declared(request, each)))
    return candidates
  },
}

interface Wanted {
  readonly name: string
  readonly manifest: string
  readonly as: Declared
  readonly from: string
}

async function declarations(request: FixRequest): Promise<ReadonlyMap<string, Wanted>> {
  const wanted = new Map<string, Wanted>()
  for (const missing of request.findings.flatMap(missingPackage)) {
    const found =
      (await wantedOf(request, missing)) ??
      (await wantedOf(request, { ...missing, name: typesOf(missing.name) }))
    if (found) wanted.set(`${found.manifest} ${found.name}`, found)
  }
  return wanted
}

async function wantedOf(request: FixRequest, { name, file }: Missing): Promise<Wanted | null> {
  const { workspace, patch } = request
  const above = manifestsAbove(file).filter((path) => workspace.read(path, patch) !== null)
  const isThere = above.some((path) => declaredIn(workspace.read(path, patch), name) !== null)
  if (isThere) return null
  for (const manifest of above) {
    const before = declaredIn((await request.base?.read(manifest)) ?? null, name)
    if (before) return { name, manifest, as: before, from: 'the base commit' }
  }
  const [nearest] = above
  const elsewhere = declaredElsewhere(request, name)
  return nearest && elsewhere ? { name, manifest: nearest, ...elsewhere } : null
}

/** What the other packages of the workspace declare; null when they do not agree. */
function declaredElsewhere(
  { workspace, patch }: FixRequest,
  name: string,
): Pick<Wanted, 'as' | 'from'> | null {
  const others = workspace
    .files(patch)
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .flatMap((path) => {
      const as = declaredIn(workspace.read(path, patch), name)
      return as ? [{ as, from: path }] : []
    })
  const [first] = others
  return first && others.every(({ as }) => as.range === first.as.range) ? first : null
}

async function declared(
  request: FixRequest,
  { name, manifest, as, from }: Wanted,
): Promise<readonly Candidate[]> {
  const text = request.workspace.read(manifest, request.patch)
  const content = text === null ? null : withDeclared(text, name, as)
  if (content === null) return []
  const edit = [{ path: manifest, content }]
  const lock = await writtenLock(request, edit)
  return [
    {
      strategy: 'dependencies/missing',
      description: `Declared ${name} ${as.range} in ${manifest}, as ${from} does`,
      rootCause: `${name} is used but ${manifest} does not declare it`,
      patch: lock === null ? edit : combine(edit, lock),
      risk: 'safe',
    },
  ]
}

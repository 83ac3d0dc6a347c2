import { addedLines } from '#adapters/secrets/added-lines.ts'
import { type FoundSecret, secretsIn } from '#adapters/secrets/scan.ts'
import type { Commit } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import type { Refusal } from './objections.ts'
import { entriesOf, textOf } from './trees.ts'

/** The refusal of a commit that would add a secret, or null. Says where and by which rule, never the secret (K23, I15). */
export async function secretIn(settings: GitSettings, commit: Commit): Promise<Refusal | null> {
  const before = await textsBefore(settings, commit)
  for (const { path, content } of commit.patch) {
    if (content === null) continue
    const added = addedLines(before.get(path) ?? '', content)
    const ours = ownIn(content, settings)
    const found = [...ours, ...(await secretsIn({ path, text: content }))].find(({ lines }) =>
      lines.some((line) => added.has(line)),
    )
    if (found) {
      const detail = `${path}:${found.lines[0] ?? 1} ${found.rule}`
      return { kind: 'refused', because: 'secret-found', detail }
    }
  }
  return null
}

/** The lines with a secret of this process: whatever it looks like, it must not go. */
function ownIn(text: string, { secrets }: GitSettings): readonly FoundSecret[] {
  if (secrets === undefined || secrets.inData(text) === text) return []
  const lines = text.split('\n')
  const found = lines.flatMap((line, at) => (secrets.inData(line) === line ? [] : [at + 1]))
  return [{ rule: 'own-secret', lines: found }]
}

async function textsBefore(
  settings: GitSettings,
  { mirror, parent, patch }: Commit,
): Promise<ReadonlyMap<string, string>> {
  const paths = patch.map(({ path }) => path)
  const entries = await entriesOf(settings, mirror, { sha: parent, paths })
  const texts = await Promise.all(
    entries.map(async ({ path, object }): Promise<[string, string]> => [
      path,
      (await textOf(settings, mirror, object)) ?? '',
    ]),
  )
  return new Map(texts)
}

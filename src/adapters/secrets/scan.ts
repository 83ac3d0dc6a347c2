import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'

/** A secret that was found: which rule saw it and on which lines (from 1). Never the secret itself. */
export interface FoundSecret {
  readonly rule: string
  readonly lines: readonly number[]
}

/** The secrets in one text. A file whose very name says secrets is one finding on every line (K23). */
export async function secretsIn(of: {
  readonly path: string
  readonly text: string
}): Promise<readonly FoundSecret[]> {
  const byName = nameRule(of.path)
  if (byName !== null) return [{ rule: byName, lines: of.text.split('\n').map((_, at) => at + 1) }]
  return scan(of.path, of.text)
}

/** Files that hold secrets by custom; examples and templates do not. */
const secretNames: readonly (readonly [RegExp, string])[] = [
  [
    /^\.env(?!.*\.(?:example|sample|template|dist|schema|defaults)$)(?:\..+)?$/i,
    'environment-file',
  ],
  [/^(?:\.npmrc|\.yarnrc|\.netrc|\.pypirc|\.git-credentials|\.htpasswd)$/i, 'credential-file'],
  [/\.(?:pem|key|p12|pfx|jks|keystore|kdbx)$/i, 'key-file'],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)$/i, 'key-file'],
]

function nameRule(path: string): string | null {
  const name = path.split('/').at(-1) ?? path
  return secretNames.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

async function scan(path: string, text: string): Promise<readonly FoundSecret[]> {
  const { messages } = await lintSource({
    source: {
      filePath: path,
      content: text,
      ext: /\.\w+$/.exec(path)?.[0] ?? '',
      contentType: 'text',
    },
    options: {
      noPhysicFilePath: true,
      maskSecrets: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  })
  return messages.map(({ ruleId, messageId, loc }) => ({
    rule: `${ruleId.replace('@secretlint/secretlint-rule-', '')}/${messageId}`,
    lines: range(loc.start.line, loc.end.line),
  }))
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => first + at)
}

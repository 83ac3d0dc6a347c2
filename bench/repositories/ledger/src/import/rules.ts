export interface Rule {
  readonly pattern: RegExp
  readonly account: string
}

export const fallbackAccount = '9999'

export function classify(description: string, rules: readonly Rule[]): string {
  const rule = rules.find(({ pattern }) => pattern.test(description))
  return rule?.account ?? fallbackAccount
}

export function parseRules(text: string): Rule[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern = '', account = fallbackAccount] = line
        .split('=>')
        .map((part) => part.trim())
      return { pattern: new RegExp(pattern, 'i'), account }
    })
}

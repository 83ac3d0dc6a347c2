import { parse } from 'shell-quote'

/** One simple command of a shell line, with the assignments before it. `opaque` is a piece we do not read further. */
export type Statement =
  | { readonly kind: 'simple'; readonly argv: readonly [string, ...string[]] }
  | { readonly kind: 'opaque'; readonly text: string }
  /** Parentheses: a `cd` between them ends with them. */
  | { readonly kind: 'enter' }
  | { readonly kind: 'leave' }

/**
 * The commands of a shell line in the order they would run when all succeed. What stands right of `||`, redirections
 * and the reading end of a pipe are left out; loops, conditions and substitutions are opaque.
 */
export function statementsOf(command: string): readonly Statement[] {
  const text = command.replaceAll(/\\\r?\n/g, ' ')
  if (isBeyondUs(text)) return [{ kind: 'opaque', text: text.trim() }]
  return linesOf(text).flatMap(statementsOfLine)
}

/** Lines outside quotes: shell-quote takes a line break for a blank. */
export function linesOf(text: string): readonly string[] {
  const lines: string[] = []
  let quote: string | null = null
  let line = ''
  for (const character of text) {
    if (quote === null && character === '\n') {
      lines.push(line)
      line = ''
      continue
    }
    if (character === quote) quote = null
    else if (quote === null && (character === '"' || character === "'")) quote = character
    line += character
  }
  return [...lines, line].map((each) => each.trim()).filter((each) => each !== '')
}

/** Quotes an argument so that the shell gives it back unchanged. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument)
    ? argument
    : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}

function isBeyondUs(text: string): boolean {
  if (/(?:^|[\n;&|]\s*)(?:if|for|while|until|case|function|select|trap|\[\[?)\s/.test(text))
    return true
  return /<<|\$\(|`|\{\s/.test(text.replaceAll(/'[^']*'/g, ''))
}

interface Reading {
  argv: string[]
  skipping: boolean
  redirected: boolean
}

function statementsOfLine(line: string): readonly Statement[] {
  const found: Statement[] = []
  const reading: Reading = { argv: [], skipping: false, redirected: false }
  for (const entry of parse(line, (key) => `$${key}`)) {
    if (typeof entry === 'string') take(reading, entry)
    else if ('op' in entry && entry.op === 'glob')
      take(reading, 'pattern' in entry ? entry.pattern : '*')
    else if ('op' in entry) operate(entry.op, reading, found)
  }
  flush(reading, found)
  return found
}

function take(reading: Reading, word: string): void {
  if (reading.redirected) reading.redirected = false
  else reading.argv.push(word)
}

function operate(operator: string, reading: Reading, found: Statement[]): void {
  if (['>', '>>', '<', '>&'].includes(operator)) {
    // `2>&1`: the number before it is no argument.
    if (/^\d$/.test(reading.argv.at(-1) ?? '')) reading.argv.pop()
    reading.redirected = true
    return
  }
  flush(reading, found)
  if (operator === '(') found.push({ kind: 'enter' })
  if (operator === ')') found.push({ kind: 'leave' })
  reading.skipping = operator === '||' || operator === '|' || operator === '|&'
}

function flush(reading: Reading, found: Statement[]): void {
  const [program, ...rest] = reading.argv
  if (program !== undefined && !reading.skipping)
    found.push({ kind: 'simple', argv: [program, ...rest] })
  reading.argv = []
  reading.redirected = false
}

import { covers, withoutStatement } from './deletion-range.ts'
import { isPure } from './purity.ts'
import type { RuleEdit } from './rule-edits.ts'
import type { Syntax } from './syntax.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Deletes an empty block that does nothing where it stands: an `else`, a `finally`, an `if` whose condition has no
 * effects. An empty `catch` swallows errors: what belongs there is for a human to say, so nothing is proposed.
 */
export function deleteEmpty(syntax: Syntax, offset: number): RuleEdit | null {
  return emptyElse(syntax, offset) ?? emptyFinally(syntax, offset) ?? emptyIf(syntax, offset)
}

function emptyElse({ ifs, text }: Syntax, offset: number): RuleEdit | null {
  const found = ifs.find(({ alternate }) => isEmptyAt(alternate, offset, text))
  if (!found?.alternate) return null
  return { edit: cut(found.consequent.end, found.alternate.end), risk: 'safe' }
}

function emptyFinally({ tries, text }: Syntax, offset: number): RuleEdit | null {
  const found = tries.find(({ finalizer }) => isEmptyAt(finalizer, offset, text))
  if (!found?.finalizer || !found.handler) return null
  return { edit: cut(found.handler.end, found.finalizer.end), risk: 'safe' }
}

function emptyIf({ ifs, statements, text }: Syntax, offset: number): RuleEdit | null {
  const found = ifs.find(({ consequent }) => isEmptyAt(consequent, offset, text))
  if (!found || found.alternate !== null || !isPure(found.test)) return null
  if (!statements.some(({ start, end }) => start === found.start && end === found.end)) return null
  return { edit: withoutStatement(text, found), risk: 'review' }
}

function isEmptyAt(
  block: (Span & { readonly type: string }) | null,
  offset: number,
  text: string,
): boolean {
  if (block?.type !== 'BlockStatement' || !covers(block, offset)) return false
  return text.slice(block.start + 1, block.end - 1).trim() === ''
}

function cut(start: number, end: number): RuleEdit['edit'] {
  return { range: [start, end], text: '' }
}

import type { RollbackMark, RollbackSafety } from '#domain/rollback.ts'

import { code } from './markdown.ts'

const levels: Readonly<Record<RollbackSafety['level'], string>> = {
  safe: '✅ nothing found that keeps the version before from working',
  'needs-human': '⚠️ look first whether the version before would work',
  unsafe: '🛑 the version before would not work, or data is lost',
}

const marks: Readonly<Record<RollbackMark['class'], string>> = {
  'lost-data': 'takes something out of the database',
  schema: 'changes the schema of the database',
  interface: 'changes what others call',
  configuration: 'a setting is not read any more',
  unreadable: 'could not be read',
}

const most = 5

/** One line of Markdown for whoever decides about a deploy. */
export function rollbackLine({ level, marks: found }: RollbackSafety): string {
  const told = found.slice(0, most).map((one) => {
    const at = one.line === null ? '' : `:${one.line}`
    return `${marks[one.class]} (${code(`${one.path}${at}`)})`
  })
  const more = found.length > most ? `, and ${found.length - most} more` : ''
  return `Taking it back: ${levels[level]}${told.length === 0 ? '' : `: ${told.join(', ')}${more}`}`
}

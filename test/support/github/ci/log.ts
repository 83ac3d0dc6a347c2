import type { Annotation } from '../checks-state.ts'

/** A job's log as GitHub keeps it, and the annotations that its lines make. */
export interface JobLog {
  readonly lines: string[]
  readonly annotations: Annotation[]
  /** Problem matchers are on, as actions/setup-node switches them on. */
  matchers: boolean
  /** The file that eslint's stylish output is talking about. */
  file: string | null
}

export function newLog(): JobLog {
  return { lines: [], annotations: [], matchers: false, file: null }
}

export function say(log: JobLog, now: Date, text: string): void {
  log.lines.push(`${now.toISOString().slice(0, -1)}0000Z ${text}`)
}

/** One line that a step printed: workflow commands are obeyed, problems matched. */
export function hear(log: JobLog, now: Date, line: string): void {
  const command =
    /^::(error|warning|notice|debug|group|endgroup|add-mask)(?: ([^:]*))?::(.*)$/.exec(line)
  if (command === null) {
    say(log, now, line)
    if (log.matchers) match(log, line)
    return
  }
  const [, name = '', properties = '', text = ''] = command
  const message = decoded(text)
  say(log, now, `##[${name}]${message}`)
  const level = levels[name]
  if (level !== undefined) log.annotations.push(commanded(level, propertiesOf(properties), message))
}

/** What GitHub says of a step that failed. */
export function sayFailed(log: JobLog, now: Date, code: number): void {
  const message = `Process completed with exit code ${code}.`
  say(log, now, `##[error]${message}`)
  const line = log.lines.length
  log.annotations.push({ ...plain, path: '.github', start_line: line, end_line: line, message })
}

const plain = {
  start_column: null,
  end_column: null,
  annotation_level: 'failure',
  title: null,
  raw_details: null,
} as const

const levels: Readonly<Record<string, Annotation['annotation_level']>> = {
  error: 'failure',
  warning: 'warning',
  notice: 'notice',
}

function commanded(
  annotation_level: Annotation['annotation_level'],
  of: Readonly<Record<string, string>>,
  message: string,
): Annotation {
  const start_line = Number(of['line'] ?? 1)
  const column = of['col'] === undefined ? null : Number(of['col'])
  return {
    ...plain,
    annotation_level,
    path: of['file'] ?? '.github',
    start_line,
    end_line: Number(of['endLine'] ?? start_line),
    start_column: column,
    end_column: of['endColumn'] === undefined ? column : Number(of['endColumn']),
    message,
    title: of['title'] ?? null,
  }
}

function propertiesOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals).trim(), decoded(pair.slice(equals + 1))] as const
  })
  return Object.fromEntries(pairs)
}

function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

/** The matchers that actions/setup-node brings: tsc and eslint-stylish. */
function match(log: JobLog, line: string): void {
  const tsc = /^(\S.*)[(:](\d+)[,:](\d+)\)?(?::| -) (error|warning) (TS\d+): (.*)$/.exec(line)
  if (tsc !== null) return note(log, tsc[1], [tsc[2], tsc[3], tsc[4], `${tsc[5]}: ${tsc[6]}`])
  if (/^[./\w-]+\.\w+$/.test(line)) log.file = line
  const stylish = /^\s+(\d+):(\d+)\s+(error|warning)\s+(.*?)(?:\s{2,}(\S+))?$/.exec(line)
  if (stylish !== null && log.file !== null)
    note(log, log.file, [stylish[1], stylish[2], stylish[3], stylish[4]])
}

type Text = string | undefined

function note(log: JobLog, path: Text, [line, column, level, message]: readonly Text[]): void {
  const start_line = Number(line)
  const start_column = Number(column)
  log.annotations.push({
    ...plain,
    annotation_level: level === 'warning' ? 'warning' : 'failure',
    path: path ?? '',
    start_line,
    end_line: start_line,
    start_column,
    end_column: start_column,
    message: message ?? '',
  })
}

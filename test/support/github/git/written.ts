import { gitLine } from './run-git.ts'

interface Written {
  /** In full: `refs/heads/main`. */
  readonly ref: string
  /** The commit below it; null: it is the first. */
  readonly parent: string | null
  readonly message: string
  readonly by: { readonly name: string; readonly email: string }
  readonly files: Readonly<Record<string, string>>
}

/** A commit with some files changed, written where a ref is moved to it, by one process of git. Answers with its id. */
export async function written(directory: string, of: Written): Promise<string> {
  const { ref, parent, message, by, files } = of
  const who = `${by.name} <${by.email}> now`
  const input = [
    `commit ${ref}`,
    'mark :1',
    `author ${who}`,
    `committer ${who}`,
    data(`${message}\n`),
    ...(parent === null ? [] : [`from ${parent}`]),
    ...Object.entries(files).flatMap(([path, text]) => [
      `M 100644 inline ${JSON.stringify(path)}`,
      data(text),
    ]),
    'get-mark :1',
    'done',
  ].join('\n')
  const how = ['--quiet', '--force', '--done', '--date-format=now']
  return await gitLine(directory, ['-c', 'fastimport.unpackLimit=0', 'fast-import', ...how], {
    input: `${input}\n`,
  })
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`
}

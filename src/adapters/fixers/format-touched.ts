import { quote } from 'shell-quote'

import type { Invocation } from '#domain/check.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { programPath } from '../observer/program-path.ts'
import { type FormatterId, listArguments, writeArguments } from './formatters.ts'
import { laidAside } from './laid-aside.ts'
import { repositoryFormatter } from './repository-formatter.ts'

/**
 * The patch, formatted as the repository formats: only files that were format-clean before, only where the repository
 * has a formatter. One sandbox run: the new texts are laid over the old ones and written; where that changed them, the
 * old ones are looked at.
 */
export async function formatTouched(
  request: Pick<FixRequest, 'workspace' | 'patch' | 'check'>,
  patch: Patch,
): Promise<Patch> {
  const files = patch.flatMap(({ path, content }) =>
    content !== null && request.workspace.read(path, request.patch) !== null ? [path] : [],
  )
  const formatter = repositoryFormatter(request)
  if (files.length === 0 || formatter === null) return patch
  const aside = laidAside(patch.filter(({ path }) => files.includes(path)))
  const { files: written } = await request.workspace.run(combine(request.patch, aside.edits), {
    command: script(formatter, files, aside.script),
    directory: '.',
    collect: true,
    env: { CI: 'true', NO_COLOR: '1' },
  })
  const formatted = written.filter(({ path, content }) => files.includes(path) && content !== null)
  return combine(patch, formatted)
}

interface RepositoryFormatter {
  readonly id: FormatterId
  readonly invocation: Pick<Invocation, 'argv'>
}

const folder = '.goalkeeper-format'

/** Starting a formatter costs more than formatting: mostly the new texts are formatted already, and one start says so. */
function script(
  { id, invocation }: RepositoryFormatter,
  files: readonly string[],
  put: readonly string[],
): string {
  const each = (lines: (file: string, at: number) => string): readonly string[] =>
    files.map((file, at) => lines(quote([file]), at))
  return [
    'set +e',
    `mkdir -p ${folder}/old ${folder}/new ${folder}/formatted`,
    ...each((file, at) => `cp -- ${file} ${folder}/old/${at}; ${put[at]}`),
    ...each((file, at) => `cp -- ${file} ${folder}/new/${at}`),
    `${call(writeArguments(id, invocation, files))} > /dev/null 2>&1`,
    'changed=()',
    ...each(
      (file, at) =>
        `cmp -s ${file} ${folder}/new/${at} || ` +
        `{ cp -- ${file} ${folder}/formatted/${at}; cp -- ${folder}/old/${at} ${file}; changed+=(${file}); }`,
    ),
    '[ ${#changed[@]} -gt 0 ] || exit 0',
    `dirty="$(${call(listArguments(id, invocation, []))} "\${changed[@]}" 2>&1)"`,
    'code=$?',
    // A file that the list names was not clean before: it keeps its new text as it is.
    ...each(
      (file, at) =>
        `if [ -e ${folder}/formatted/${at} ]; then from=formatted; ` +
        `if [ $code -ne 0 ] && printf '%s' "$dirty" | grep -qF -- ${file}; then from=new; fi; ` +
        `cp -- ${folder}/$from/${at} ${file}; fi`,
    ),
    'true',
  ].join('\n')
}

function call(argv: readonly string[]): string {
  return `${programPath('.')} ${quote([...argv])}`
}

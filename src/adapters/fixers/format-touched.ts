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
 * has a formatter. One sandbox run: the old texts are checked, then the new ones laid over them and written.
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
  const places = files.map((file, at) => ({ file, put: aside.script[at] ?? 'true' }))
  const { files: written } = await request.workspace.run(combine(request.patch, aside.edits), {
    command: script(formatter, places),
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

/** A file that the list names was not clean before: it keeps its new text as it is. */
function script(
  { id, invocation }: RepositoryFormatter,
  places: readonly { readonly file: string; readonly put: string }[],
): string {
  const path = programPath('.')
  const call = (argv: readonly string[]): string => `${path} ${quote([...argv])}`
  const files = places.map(({ file }) => file)
  return [
    'set +e',
    `dirty="$(${call(listArguments(id, invocation, files))} 2>&1)"`,
    'code=$?',
    'clean=()',
    ...places.map(
      ({ file, put }) =>
        `if [ $code -eq 0 ] || ! printf '%s' "$dirty" | grep -qF -- ${quote([file])}; then ` +
        `${put} && clean+=(${quote([file])}); fi`,
    ),
    // Starting a formatter costs more than formatting, so it is started once.
    `if [ \${#clean[@]} -gt 0 ]; then ${call(writeArguments(id, invocation, []))} "\${clean[@]}" > /dev/null 2>&1; fi`,
    'true',
  ].join('\n')
}

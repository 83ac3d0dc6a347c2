import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { type FormatterId, isFormatter, writeArguments } from './formatters.ts'
import { callTool, type Complaint, complaintsOf, fromDirectory } from './tool-call.ts'

/** Runs the repository's own formatter on exactly the files that are not formatted. */
export const format: Fixer = {
  id: 'format/formatter',
  rung: 'format',
  applies: ({ findings }) => findings.some(isUnformatted),
  propose: async (request) => {
    const complaints = complaintsOf(request, isUnformatted)
    const proposed = await Promise.all(complaints.map((each) => formatted(request, each)))
    return proposed.flat()
  },
}

function isUnformatted({ tool, rule }: Finding): boolean {
  return isFormatter(tool) && rule === 'format'
}

async function formatted(request: FixRequest, complaint: Complaint): Promise<readonly Candidate[]> {
  const { invocation, files } = complaint
  if (!isFormatter(invocation.tool)) return []
  const id: FormatterId = invocation.tool
  const { files: changed } = await callTool(request, {
    directory: invocation.directory,
    argv: writeArguments(id, invocation, fromDirectory(invocation.directory, files)),
    patch: request.patch,
    collect: true,
  })
  // A configuration that runs code may write anywhere: only what was asked for is taken.
  const patch: Patch = changed.filter(
    ({ path, content }) => files.includes(path) && content !== null,
  )
  return patch.length === 0 ? [] : [candidate(id, patch)]
}

function candidate(id: FormatterId, patch: Patch): Candidate {
  const what = patch.length === 1 ? (patch[0]?.path ?? '') : `${patch.length} files`
  return {
    strategy: `format/${id}`,
    description: `Formatted ${what} with ${id}`,
    rootCause: `${what} ${patch.length === 1 ? 'was' : 'were'} not formatted as the configuration of ${id} asks`,
    patch,
    risk: 'safe',
    tidied: true,
  }
}

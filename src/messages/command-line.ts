import { oneLine } from './plain-text.ts'

/** What the command line says beside the progress and the report. */
export function sandboxRefused(proof: {
  readonly because: string
  readonly remedy: string
}): string {
  return [
    `No code of the repository was run: the sandbox does not hold on this machine. ${proof.because}`,
    `Remedy: ${proof.remedy}`,
  ].join('\n')
}

export function noUnfinishedRun(repository: string): string {
  return `There is no unfinished run of ${oneLine(repository)}. Start one without --resume.`
}

export function noWorkflow(event: string): string {
  return `No workflow starts on ${event}: add it to the list "on" of a file in workflows.`
}

export function resumeHint(runId: string): string {
  return `Interrupted. Nothing was left behind but the record of ${runId}; --resume goes on with it.`
}

export function unforeseen(message: string): string {
  return `Goalkeeper stopped: ${message}`
}

export function appliedNote(
  applied:
    | { readonly kind: 'applied' }
    | { readonly kind: 'refused'; readonly because: string; readonly files: readonly string[] },
): string {
  if (applied.kind === 'applied') return 'The fix was also applied to the working tree.'
  const files = applied.files.map(oneLine).join(', ')
  return `Not applied to the working tree (${applied.because}${files === '' ? '' : `: ${files}`}); the branch has the fix.`
}

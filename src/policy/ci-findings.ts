import type { CiReport } from '#domain/ci.ts'
import type { Finding } from '#domain/finding.ts'

/** What CI complains about: what its log says, and the annotations that name a place besides. */
export function ciFindings(report: CiReport, fromLog: readonly Finding[]): readonly Finding[] {
  const places = new Set(fromLog.map(placeOf))
  const annotated = report.annotations.flatMap(({ path, line, level, message }) => {
    // GitHub puts what has no place of its own on `.github`.
    if (level !== 'failure' || path === '.github') return []
    const noted = { tool: 'command', rule: null, column: null, subject: null } as const
    return [{ ...noted, file: path, line, message: message.split('\n', 1)[0] ?? '' }]
  })
  return [...fromLog, ...annotated.filter((finding) => !places.has(placeOf(finding)))]
}

function placeOf({ file, line }: Finding): string {
  return `${file}:${line}`
}

import type { Check } from '#domain/check.ts'
import type { JobWork, NamedJob } from '#ports/checks.ts'

import { workOf } from './once-each.ts'
import { packagesIn } from './packages.ts'
import { type JobChecks, jobsOfWorkflows } from './workflow-checks.ts'

/** Which of these checks each job of CI runs. Checks of a configuration are known again by what they do, or by name. */
export async function behind(
  source: string,
  checks: readonly Check[],
  jobs: readonly NamedJob[],
): Promise<readonly JobWork[]> {
  const known = await jobsOfWorkflows(source, packagesIn(source))
  return jobs.map((job) => {
    const found = known.filter((one) => isSame(one, job))
    const works = new Set(found.flatMap((one) => one.checks.map(workOf)))
    const own = checks.filter((check) => works.has(workOf(check)) || isNamed(check, job))
    return {
      checks: own.map(({ name }) => name),
      unreachable: found.flatMap((one) =>
        one.unreachable.map(({ name, because }) => `${name}: ${because}`),
      ),
    }
  })
}

/** `test`, of a matrix also `test (24, linux)`. */
function isSame({ workflow, names }: JobChecks, job: NamedJob): boolean {
  if (job.workflow !== null && job.workflow !== workflow) return false
  return names.some((name) => job.name === name || job.name.startsWith(`${name} (`))
}

function isNamed({ origin, name }: Check, job: NamedJob): boolean {
  return origin !== 'workflow' && name === job.name
}

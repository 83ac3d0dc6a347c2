import type { Hosting } from '#ports/hosting.ts'

import { carriedBy, type Carriers } from '../deploy/carriers.ts'
import { systemClock } from '../system/world.ts'
import { githubChanges } from './changes.ts'
import { githubCheckRuns } from './check-runs.ts'
import { githubCi } from './ci.ts'
import type { ClientFor, WhoWeAre } from './client.ts'
import { githubComments } from './comments.ts'
import { githubDeployTarget } from './deploy-target.ts'
import { githubDeploys } from './deploys.ts'
import { githubIncidents } from './incidents.ts'
import { githubIssues } from './issues.ts'
import { githubLandings } from './landings.ts'
import { githubNotices } from './notices.ts'
import { githubBranches, githubPeople } from './people.ts'
import { githubProtection } from './protection.ts'
import { githubPullRequests } from './pull-requests.ts'
import { githubReports } from './reports.ts'
import { githubVariables } from './variables.ts'
import { workflowCarrier } from './workflow-carrier.ts'

/** GitHub, as a run needs it, and who deploys besides it. */
export function githubHosting(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
  others: Omit<Carriers, 'workflow'> = { vercel: null, command: null },
): Hosting {
  const people = githubPeople(clientFor)
  const workflow = workflowCarrier({ clientFor, whoWeAre, clock: systemClock })
  return {
    checkRuns: githubCheckRuns(clientFor, whoWeAre),
    ci: githubCi(clientFor, whoWeAre),
    comments: githubComments(clientFor, whoWeAre),
    notices: githubNotices(clientFor, whoWeAre),
    pullRequests: githubPullRequests(clientFor, whoWeAre),
    people,
    changes: githubChanges(clientFor, people),
    branches: githubBranches(clientFor),
    deploys: githubDeploys(clientFor, whoWeAre),
    issues: githubIssues(clientFor),
    target: githubDeployTarget(clientFor, whoWeAre, carriedBy({ workflow, ...others })),
    incidents: githubIncidents(clientFor, whoWeAre),
    reports: githubReports(clientFor, people),
    variables: githubVariables(clientFor),
    protection: githubProtection(clientFor),
    landings: githubLandings(clientFor),
  }
}

/** Without an App there is nobody to speak for us; a run that wants to speak fails with these words. */
export function noHosting(): Hosting {
  return {
    checkRuns: { show: refuse, said: refuse, verdict: refuse },
    ci: { state: refuse },
    comments: { show: refuse, acknowledge: refuse },
    notices: { show: refuse },
    pullRequests: {
      open: refuse,
      look: refuse,
      forsake: refuse,
      advance: refuse,
      close: refuse,
      markReady: refuse,
      ours: refuse,
      supersede: refuse,
      suggest: refuse,
      shownLines: refuse,
      head: refuse,
      atHead: refuse,
    },
    people: { roleOf: refuse, isInTeam: refuse },
    changes: { broughtBy: refuse, behind: refuse },
    branches: { tip: refuse },
    deploys: { look: refuse, configuration: refuse, show: refuse },
    issues: { read: refuse },
    target: { bring: refuse, retire: refuse },
    incidents: { open: refuse },
    reports: { labelled: refuse },
    variables: { read: refuse },
    protection: { commitOf: refuse, changeAt: refuse, say: refuse },
    landings: { look: refuse, merge: refuse },
  }
}

async function refuse(): Promise<never> {
  throw new Error('No GitHub App is configured: set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.')
}

import type { Hosting } from '#ports/hosting.ts'

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
import { githubVariables } from './variables.ts'

/** GitHub, as a run needs it. */
export function githubHosting(clientFor: ClientFor, whoWeAre: WhoWeAre): Hosting {
  const people = githubPeople(clientFor)
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
    target: githubDeployTarget(clientFor, whoWeAre),
    incidents: githubIncidents(clientFor, whoWeAre),
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
    changes: { behind: refuse },
    branches: { tip: refuse },
    deploys: { look: refuse, configuration: refuse, show: refuse },
    issues: { read: refuse },
    target: { bring: refuse },
    incidents: { open: refuse },
    variables: { read: refuse },
    protection: { commitOf: refuse, changeAt: refuse, say: refuse },
    landings: { look: refuse, merge: refuse },
  }
}

async function refuse(): Promise<never> {
  throw new Error('No GitHub App is configured: set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.')
}

import type { FailureReason } from '#domain/outcome.ts'

import { deployExplanations } from './deploy-refusal.ts'

export interface Explanation {
  /** What happened, in one sentence. */
  readonly what: string
  /** What the reader can do about it. */
  readonly remedy: string
}

export const explanations: Record<FailureReason, Explanation> = {
  ...deployExplanations,
  'no-repository': {
    what: 'There is no git repository to read.',
    remedy: 'Name a directory inside a git repository, or a URL that git can fetch.',
  },
  'repository-too-large': {
    what: 'The repository is larger than what one may take here.',
    remedy:
      'Set REPOSITORY_MEGABYTES higher, or delete its mirror in GOALKEEPER_HOME if that grew over time.',
  },
  'no-commit': {
    what: 'The commit that is named below does not exist.',
    remedy: 'Commit the work first, or name a branch, tag or SHA that exists.',
  },
  'no-checks': {
    what: 'No check was found that can be run here.',
    remedy: 'Name one with --check "npm test", or list it in .github/goalkeeper.yml.',
  },
  'not-reproducible': {
    what: 'The failure does not happen here, so a fix could not be proved.',
    remedy: 'Name the exact command with --check, or run it where its services are available.',
  },
  'all-pre-existing': {
    what: 'Every failure is on the base as well; this change did not cause them.',
    remedy: 'Repair the base branch first, or name an older commit with --base.',
  },
  flaky: {
    what: 'The check fails and passes on the same files, so changing code would prove nothing.',
    remedy: 'Make the named test independent of time, order and network.',
  },
  'install-failed': {
    what: 'The dependencies could not be installed.',
    remedy: 'Run the install command shown above by hand and repair what it complains about.',
  },
  'sandbox-refused': {
    what: 'The sandbox does not hold on this machine, so no code of the repository was run.',
    remedy: 'Run npm run doctor: it names what is missing and the line that installs it.',
  },
  'sandbox-limit': {
    what: 'The command was stopped because it reached a limit of the sandbox.',
    remedy: 'Raise limits.timeout-minutes in .github/goalkeeper.yml, or make the command smaller.',
  },
  'no-fix-found': {
    what: 'No fixer knows how to repair this failure.',
    remedy: 'Repair it by hand; the failing command and its findings are listed above.',
  },
  'fix-incomplete': {
    what: 'Some failures were repaired, but the check is still red.',
    remedy: 'Repair the remaining findings by hand; they are listed above.',
  },
  'too-complex': {
    what: 'What the model wrote is too much for one proposal, so it was declined.',
    remedy:
      'Describe or break it in smaller parts, repair it by hand, or raise limits.model in .github/goalkeeper.yml.',
  },
  'budget-spent': {
    what: 'What may be spent on models for this task or for this repository today is spent, so nothing more was tried.',
    remedy:
      'Wait for tomorrow where the day is spent, or raise CODER_TASK_DOLLARS or CODER_DAY_DOLLARS.',
  },
  'not-shown': {
    what: 'No test could be written that shows the described bug, so nothing was changed for it.',
    remedy:
      'Say in the issue what you did, what came of it and what should have come of it, then set the label again.',
  },
  'no-culprit': {
    what: 'No commit could be proved to have turned the check red, so none is blamed.',
    remedy: 'Name a commit that you know to be green with --good, or look at the reasons above.',
  },
  'not-revertible': {
    what: 'The commit that turned the check red is known, but taking it back is for a human.',
    remedy: 'Revert it by hand, or repair what it broke; the reason is above.',
  },
  'fixed-forward': {
    what: 'A fix for the branch is proposed and green, so nothing is taken back.',
    remedy: 'Merge the fix; where it is not wanted, revert the commit named above by hand.',
  },
  'type-check-failed': {
    what: 'The fix does not pass the type check after three attempts, so it was given up.',
    remedy: 'Repair the type errors listed above by hand.',
  },
  'newly-broken': {
    what: 'The fix breaks something that worked before, so it was thrown away.',
    remedy: 'Repair it by hand; the findings that it would have caused are listed above.',
  },
  cheating: {
    what: 'The fix would have made the check green by weakening it, so it was thrown away.',
    remedy: 'Repair the cause by hand; what the fix tried is listed above.',
  },
  'secret-found': {
    what: 'A file of the fix contains what looks like a secret, so nothing was committed.',
    remedy: 'Take the secret out of the file, and replace it wherever it is used.',
  },
  'outside-scope': {
    what: 'The fix touches files that it may not touch, so it was thrown away.',
    remedy: 'Repair it by hand, or take the path out of protected-paths.',
  },
  'limits-exceeded': {
    what: 'The fix is larger than the limits allow.',
    remedy: 'Raise limits.files or limits.lines in .github/goalkeeper.yml, or repair it in parts.',
  },
  'configuration-invalid': {
    what: 'The file .github/goalkeeper.yml cannot be used.',
    remedy: 'Correct the line named above on the default branch.',
  },
  'check-off': {
    what: 'The configuration says that this check is left alone.',
    remedy: 'Set its mode to shadow, propose or apply in .github/goalkeeper.yml.',
  },
  'head-moved': {
    what: 'The branch moved on while this was under way, so nothing is done for the old commit.',
    remedy: 'If the new commit is red too, a run for it starts by itself.',
  },
  'declined-before': {
    what: 'A fix for this very failure was closed without being merged, or taken back, so it is not proposed again.',
    remedy: 'Reopen that pull request, or ask with /auto-fix once the code has changed.',
  },
  'with-somebody': {
    what: 'Somebody goes on with the pull request that was opened for this very failure, so no second one is opened.',
    remedy: 'Merge or close that pull request, or ask with /auto-fix for another fix.',
  },
  'too-many-open': {
    what: 'Ten fixes wait for a review in this repository already; this one is kept back.',
    remedy: 'Merge or close some of them, then ask with /auto-fix.',
  },
  'too-many-lately': {
    what: 'Two fixes were proposed in this repository within the last hour; this one is kept back.',
    remedy: 'Ask with /auto-fix in an hour.',
  },
  'being-repaired': {
    what: 'Another run repairs this very failure already; this one leaves it to that.',
    remedy: 'Wait for its pull request, or ask with /auto-fix when it has ended without one.',
  },
  'tried-too-often': {
    what: 'Declined: tried 3 times. Three tasks ended without a green fix for this very failure, so it is left to a human.',
    remedy:
      'Push a commit that changes the failure, or ask with /auto-fix: each time of asking is one more try, up to ten in all.',
  },
  'taken-over': {
    what: 'Somebody pushed to the branch of the fix, so it is theirs now; nothing more is pushed there.',
    remedy: 'Go on with the pull request by hand, or close it and ask with /auto-fix.',
  },
  'went-green': {
    what: 'The checks of this commit are green again, so there is nothing left to repair.',
    remedy: 'Look at what failed if it fails now and then.',
  },
  'proposal-closed': {
    what: 'The pull request with the fix was closed, so nothing more is done about it.',
    remedy: 'Reopen it and go on by hand, or ask with /auto-fix.',
  },
  'same-failure': {
    what: 'The checks of the pull request fail as they did before the last round, so another one would change nothing.',
    remedy: 'Repair what is left by hand on the branch of the pull request; it stays a draft.',
  },
  'rounds-spent': {
    what: 'Five rounds did not make the checks of the pull request green.',
    remedy: 'Repair what is left by hand on the branch of the pull request; it stays a draft.',
  },
  cancelled: {
    what: 'The run was cancelled; nothing was committed.',
    remedy: 'Continue it with --resume, or start again.',
  },
  'timed-out': {
    what: 'The run reached its time limit; nothing was committed.',
    remedy: 'Raise limits.timeout-minutes, or name fewer checks with --check.',
  },
  'ci-cancelled': {
    what: 'The check was cancelled, so it says nothing about the code; nothing was changed.',
    remedy: 'Start the check again on GitHub.',
  },
  'ci-timed-out': {
    what: 'The check ran out of time, which may have many reasons; nothing was changed.',
    remedy: 'Start it again, or give it more time (timeout-minutes) where it needs that.',
  },
  'ci-machine': {
    what: 'The check failed for its machine or a service it needs, not for the code; nothing was changed.',
    remedy: 'Start the check again on GitHub once what is named above is well.',
  },
  'criteria-not-met': {
    what: 'The run ended, but not all of its goal is reached.',
    remedy: 'Look above at what is not done: each has its reason. Do that by hand, or start again.',
  },
}

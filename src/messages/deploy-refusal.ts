/** Why a deploy went no further. */
export const deployExplanations = {
  'gate-closed': {
    what: 'The gate of the environment is not open for this commit, so nothing was deployed.',
    remedy: 'Ask with /status why, and approve it with /approve-deploy.',
  },
  'deployed-before': {
    what: 'This commit was deployed to this environment before; an approval is used once.',
    remedy: 'Merge a change, and approve that. What was taken back needs a repair first.',
  },
  'on-hold': {
    what: 'A deploy to this environment was taken back after this one was approved, so nothing was deployed.',
    remedy: 'Look at the incident, then approve again with /approve-deploy.',
  },
  'switched-off': {
    what: 'Goalkeeper is switched off or in shadow mode, so nothing was deployed.',
    remedy: 'Unset AGENT_ENABLED or AGENT_SHADOW, and approve again.',
  },
  'turn-lost': {
    what: 'Nobody was heard of for an hour, and others had their turn; this deploy goes no further.',
    remedy: 'Look what is live there, then approve again with /approve-deploy.',
  },
  'rollback-refused': {
    what: 'There was nothing to take back any more when its turn had come.',
    remedy: 'Look with /status what is live there, and say /rollback again where it is needed.',
  },
  'build-failed': {
    what: 'The deploy failed before anything was live: the previous version still is.',
    remedy: 'Look at what the deployment says, repair it, and approve the next commit.',
  },
  'deploy-timed-out': {
    what: 'Nobody said in time whether the deploy went live.',
    remedy: 'Look what is live there; give it more time with deploy.patience-seconds.',
  },
} as const

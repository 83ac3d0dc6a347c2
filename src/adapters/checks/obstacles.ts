import type { Invocation } from '#domain/check.ts'

import { programName } from './known-tools.ts'

/** Why a command cannot be run in the sandbox, in a sentence; null when nothing speaks against it. */
export function obstacleIn(invocations: readonly Pick<Invocation, 'argv'>[]): string | null {
  for (const { argv } of invocations) {
    if (isElsewhere(argv[0] ?? '')) return network
    const text = [programName(argv[0] ?? ''), ...argv.slice(1)].join(' ')
    const obstacle = obstacles.find(([pattern]) => pattern.test(text))
    if (obstacle) return obstacle[1]
  }
  return null
}

/** What measures how fast code is says nothing of whether it is right, and another thing each time. */
export const speed = 'It measures speed; that is not a check.'

/** Whether a command starts a benchmark: a script of that name, or a file. */
export function measuresSpeed(command: string): boolean {
  return /(?:^|\s)(?:bench(?:mark)?s?)(?:[:\s]|$)|\bbenchmarks?\.[cm]?[jt]s\b/.test(command)
}

/** `npx @scope/program` and `npx program@2` name a package, which is not among those of the repository. */
function isElsewhere(program: string): boolean {
  return /^@[\w.-]+\/|^[\w.-]+@[\w^~.-]+$/.test(program)
}

const network = 'It needs a network, and the sandbox has none.'
const history = 'It reads the git history, which the sandbox does not have.'
const browser = 'It needs a browser.'
const delivery = 'It publishes or deploys; that is not a check.'

/** The start of a program call → what it needs. The first that matches counts. */
const obstacles: readonly (readonly [RegExp, string])[] = [
  [/^docker(?:-compose)?\b|^podman\b|^testcontainers\b/, 'It needs containers.'],
  [/^(?:playwright|cypress|wdio|testcafe|nightwatch|storybook|test-storybook)\b/, browser],
  [/^(?:npm|pnpm|yarn|bun) audit\b/, network],
  [/^(?:curl|wget|ssh|scp|codecov|snyk|lhci|sonar-scanner|attw --pack)\b/, network],
  [/^(?:npm|pnpm|yarn|bun) (?:publish|login|version)\b/, delivery],
  [
    /^(?:changeset|semantic-release|release-it|np|standard-version|pkg-pr-new|gh|vercel|netlify|wrangler)\b/,
    delivery,
  ],
  [
    /^bash -c [^]*(?:^|[\s;&|(`])git (?:rev-parse|log|diff|status|describe|show|fetch|ls-files)\b/,
    history,
  ],
  [/^(?:c8|nyc) (?:report|check-coverage)\b/, 'It reads what an earlier step left.'],
  [/^git\b|^(?:commitlint|lint-staged|danger|auto-changelog|pretty-quick)\b/, history],
  [/\s--(?:since|changed|changedSince|onlyChanged|staged|affected)\b|^nx affected\b/, history],
  [/^sudo\b|^apt(?:-get)?\b/, 'It changes the machine.'],
  [
    /^(?:vite|next|webpack|nodemon|tsx) (?:dev|watch|serve|preview|start)\b/,
    'It does not end by itself.',
  ],
]

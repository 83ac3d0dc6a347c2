/** Every sentence of the demonstration. */
export const usage = `npm run demo                 the App, with a GitHub of its own on loopback
npm run demo -- --keep       also without a terminal: leave the pull request open to look at
npm run demo -- --local      the same repair on the command line, without GitHub
npm run self-test            the deploy workflow alone, with a commit that changes nothing: step by step, for a timer

Exit codes: 0 the pull request was there with green checks, and production is as it should be; 1 it did not come to that; 2 no such option;
3 this machine cannot do it; 130 Ctrl-C before the end.`

export const opening = `The whole App on this machine: Probot, PostgreSQL, git over HTTP, the sandbox, and a GitHub-shaped server on
loopback, held against GitHub's own description. Nothing leaves this machine but the reading of npm packages.
`

export function at(seconds: number, text: string): string {
  return `${String(seconds).padStart(4)} s  ${text}`
}

/** A line of the service's own log. */
export function ofTheApp(line: string): string {
  return `        ${line.replace(/^run_\S+ /, '')}`
}

export function stageOpened(url: string): string {
  return `A GitHub on loopback: ${url}, with acme/greenhouse and the App as app.yml describes it`
}

export function serviceOpened(webhooks: string): string {
  return `npm start: the App takes webhooks at ${webhooks}`
}

export function pushed(sha: string): string {
  return `robin pushes a day's work in a hurry to main (${sha.slice(0, 12)}), and nobody does anything more`
}

export function ciStarts(at: string): string {
  return `CI runs on ${at}`
}

export function ciEnds(at: string, conclusion: string): string {
  return conclusion === 'success' ? `CI is green on ${at}` : `CI is red on ${at} (${conclusion})`
}

export function ourCheck(at: string, title: string): string {
  return `check run "goalkeeper / auto-fix" on ${at}: ${title}`
}

export function draftOpened({ number, title }: { number: number; title: string }): string {
  return `pull request #${number} is opened as a draft: ${title}`
}

export function madeReady({ number }: { number: number }): string {
  return `pull request #${number} is ready for review: its own checks are green`
}

export function again(of: { readonly deliveries: number; readonly isSame: boolean }): string {
  return of.isSame
    ? `All ${of.deliveries} webhooks were delivered a second time: nothing changed`
    : `All ${of.deliveries} webhooks were delivered a second time, and something changed`
}

export function productionOpened(url: string): string {
  return `A production on loopback: ${url}, where sixty people a second look at their zones`
}

export function merged(number: number, sha: string): string {
  return `robin merges #${number} (${sha.slice(0, 12)})`
}

export function approved(number: number): string {
  return `robin writes /approve-deploy on #${number}`
}

export function deployed({ task, sha }: { readonly task: string; readonly sha: string }): string {
  return `${task} of ${sha.slice(0, 12)}: the deployer has it live and says so to GitHub`
}

export function verified(number: number): string {
  return `#${number} is verified in production: it answers, and errors did not become more frequent`
}

export function badChange(number: number): string {
  return `kim opens #${number}, "Faster pages": every second visitor will see an error, and no test knows`
}

export function rolledBack(seconds: number): string {
  return `It was caught and taken back: the version before answers again ${seconds} s after the first error`
}

export function opened({ number, title }: { number: number; title: string }): string {
  return `#${number} is opened: ${title}`
}

export function secondHalf(seconds: number): string {
  return `From the merge to here: ${seconds} seconds`
}

export const tooLong = 'Nothing came of it within two minutes.'

export function gaveUp({ title, summary }: { title: string; summary: string }): string {
  return `It did not come to a pull request with green checks: ${title}\n\n${summary}`
}

export function notShown(url: string, status: number): string {
  return `${url} answered ${status}.`
}

export function unlike(problems: readonly string[]): string {
  return ['Something was not as GitHub describes it:', ...problems].join('\n')
}

export function evidence(of: {
  readonly body: string
  readonly commits: string
  readonly seconds: number
}): string {
  const body = of.body.replaceAll(/<[^>]*>/g, '').trim()
  return [
    '',
    body,
    '',
    of.commits.trim(),
    '',
    `From the push to here: ${of.seconds} seconds.`,
  ].join('\n')
}

export function shown(url: string): string {
  return `The pull request: ${url}`
}

export const kept = 'It stays open to look at until Ctrl-C.'

export const answered = 'It answers 200. With --keep it stays open to look at.'

export const interrupted = 'Interrupted: everything is put away.'

export const withoutDevelopment =
  'The demonstration needs the development dependencies, too: npm ci --include=dev'

export function failed(because: string): string {
  return `The demonstration stopped: ${because}`
}

export function sandboxRefused(proof: {
  readonly because: string
  readonly remedy: string
}): string {
  return `The sandbox does not hold on this machine: ${proof.because}\nRemedy: ${proof.remedy}`
}

export function localOpening(directory: string): string {
  return [
    'A small greenhouse service with several red checks was copied to',
    `  ${directory}`,
    'and committed to a git repository of its own. Goalkeeper repairs it now, as it would repair yours.',
    '',
  ].join('\n')
}

export function localCommits(directory: string, branch: string): string {
  return ['', `The commits it left, as git shows them (git -C ${directory} log ${branch}):`].join(
    '\n',
  )
}

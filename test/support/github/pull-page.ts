import { html } from 'hono/html'

import type { PullOf } from './answers/pulls.ts'
import type { CheckRun } from './checks-state.ts'
import { mergeBase } from './git/commits.ts'
import { git } from './git/run-git.ts'
import { fullName, type House } from './house.ts'
import { rendered } from './markdown.ts'
import { latestRuns } from './suites.ts'

/** What a pull request's page shows beside its conversation: its checks, its commits and its changes. */
export async function pullPart(house: House, { repository, pull }: PullOf) {
  const { directory, checks } = repository
  const from = (await mergeBase(directory, pull.baseSha, pull.headSha)) ?? pull.baseSha
  const range = `${from}..${pull.headSha}`
  const log = await git(directory, ['log', '--reverse', '--format=%h%n%an%n%B%x00', range])
  const diff = await git(directory, ['diff', '--no-color', from, pull.headSha])
  const runs = latestRuns(checks.runs.filter(({ headSha }) => headSha === pull.headSha))
  const logs = `${house.url}/_logs/${fullName(repository)}`
  return html`<p><code>${pull.headBranch}</code> into <code>${pull.baseBranch}</code></p>
    <h2>Checks</h2>
    ${runs.map((run) => check(run, logs))}
    <h2>Commits</h2>
    ${log.split('\0').flatMap((one) => (one.trim() === '' ? [] : [commit(one.trim())]))}
    <h2>Changes</h2>
    <pre>${diff.split('\n').map(changed)}</pre>`
}

function check(run: CheckRun, logs: string) {
  const { name, status, conclusion, suite, output } = run
  const isJob = suite.app.slug === 'github-actions'
  return html`<article>
    <h3>${name}: ${conclusion ?? status}</h3>
    <p>
      ${suite.app.name} ${isJob ? html`· <a href="${logs}/${run.id}">log</a>` : ''}
      ${output.title === null ? '' : html`· ${output.title}`}
    </p>
    ${output.summary === null ? '' : rendered(output.summary)}
  </article>`
}

/** Abbreviated id, author, and the message below. */
function commit(entry: string) {
  const [sha = '', author = '', ...message] = entry.split('\n')
  return html`<article>
    <h3>${sha} by ${author}</h3>
    <pre>${message.join('\n')}</pre>
  </article>`
}

function changed(line: string) {
  if (line.startsWith('+')) return html`<ins>${line}</ins>${'\n'}`
  if (line.startsWith('-')) return html`<del>${line}</del>${'\n'}`
  return html`${line}${'\n'}`
}

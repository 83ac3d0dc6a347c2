import { z } from 'zod'

import type { UntrustedText } from '#domain/coder.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Outcome } from '#domain/outcome.ts'
import { issueSources, issueTitle } from '#messages/bug.ts'
import { isHeard } from '#policy/admission.ts'
import { cleaned } from '#policy/untrusted-text.ts'
import type { Issue, Issues, People } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly issues: Issues
  readonly people: People
}

const input = z.strictObject({})

/** The issue that somebody who may set labels asks about; of its comments only those of people who may write here. */
export function readIssue(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'read-issue',
    input,
    outputs: ['title', 'texts'],
    sideEffect: 'none',
    run: (_input, context) => read(ports, context),
  }
}

async function read(ports: Ports, context: StepContext): Promise<Outcome> {
  const { repository, asked } = hostedOf(context)
  if (asked === null) throw new Error('Nobody asked about an issue.')
  const issue = await ports.issues.read(repository, asked.issue)
  const texts: UntrustedText[] = [
    { source: issueSources.title, text: cleaned(issue.title, 300) },
    { source: issueSources.body, text: cleaned(issue.body) },
    ...(await commentsHeard(ports, repository, issue)),
  ]
  const outputs = { title: issueTitle(cleaned(issue.title, 300)), texts }
  return { kind: 'done', outputs: { ...outputs, texts: texts.filter(({ text }) => text !== '') } }
}

/** The newest of them; a long talk is no description. */
const mostComments = 20

async function commentsHeard(
  { people }: Ports,
  repository: HostedRepository,
  { comments }: Issue,
): Promise<readonly UntrustedText[]> {
  const heard: UntrustedText[] = []
  const roles = new Map<string, boolean>()
  for (const { author, body } of comments.slice(-mostComments)) {
    // Our own comment is no description either, and an App has no role.
    if (author === null || author.endsWith('[bot]')) continue
    const isKnown = roles.get(author) ?? isHeard(await people.roleOf(repository, author))
    roles.set(author, isKnown)
    if (isKnown) heard.push({ source: issueSources.comment, text: cleaned(body, 2000) })
  }
  return heard
}

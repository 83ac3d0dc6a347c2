import type { Octokit } from '@octokit/rest'

import type { CiLog } from '#domain/ci.ts'
import type { HostedRepository } from '#domain/hosted.ts'

import { named, statusOf } from './client.ts'
import { failedStepReader } from './failed-step.ts'

/** A log of a job may have gigabytes; what lies beyond this is not read. */
const mostBytes = 64_000_000
const patienceMs = 20_000

/** The failed step's part of a job's log. A log that cannot be had is told and is no error: the run goes on without it. */
export async function jobLog(
  client: Octokit,
  repository: HostedRepository,
  job: number,
): Promise<CiLog> {
  const place = await addressOf(client, repository, job)
  if (place.kind !== 'at') return place
  const signal = AbortSignal.timeout(patienceMs)
  try {
    // The log lies in a store of its own, which refuses whoever brings our token.
    const answer = await fetch(place.address, { signal })
    if (answer.status === 404 || answer.status === 410) return { kind: 'expired' }
    if (!answer.ok || answer.body === null) return { kind: 'unreachable' }
    return { kind: 'read', ...(await failedStepIn(answer.body)) }
  } catch {
    return { kind: 'unreachable' }
  }
}

type Address =
  | { readonly kind: 'at'; readonly address: string }
  | { readonly kind: 'none' | 'expired' | 'refused' }

async function addressOf(
  client: Octokit,
  repository: HostedRepository,
  job: number,
): Promise<Address> {
  try {
    const { headers } = await client.request(
      'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
      {
        ...named(repository),
        job_id: job,
        request: { redirect: 'manual' },
      },
    )
    const { location } = headers
    return location === undefined ? { kind: 'none' } : { kind: 'at', address: location }
  } catch (error) {
    const status = statusOf(error)
    if (status === 410) return { kind: 'expired' }
    if (status === 404) return { kind: 'none' }
    // 422: no token for it, since the App was not granted the right.
    if (status === 403 || status === 422) return { kind: 'refused' }
    throw error
  }
}

async function failedStepIn(body: ReadableStream<Uint8Array>) {
  const reader = failedStepReader()
  for await (const line of linesOf(body)) if (!reader.hear(line)) break
  return reader.failed()
}

/** Longer than this is no line, and is cut. */
const longestLine = 100_000

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let read = 0
  for await (const chunk of body) {
    read += chunk.byteLength
    if (read > mostBytes) break
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = (lines.pop() ?? '').slice(0, longestLine)
    yield* lines
  }
  if (rest !== '') yield rest
}

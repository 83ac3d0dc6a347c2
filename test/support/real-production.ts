import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'

import { freePort } from './service.ts'

interface Release {
  readonly sha: string
  readonly url: string
  readonly since: Date
  stop(): void
}

interface Answered {
  readonly at: Date
  readonly sha: string
  readonly isError: boolean
}

/** A production of real processes on loopback: one door, behind it the release that is live. */
export interface RealProduction {
  readonly url: string
  /** Runs the server of a bare repository at that commit, and lets people in once it answers. */
  deploy(sha: string, repository: string): Promise<void>
  /** What went live, the oldest first. */
  readonly releases: readonly Pick<Release, 'sha' | 'since'>[]
  /** Every answer that people got. */
  readonly answers: readonly Answered[]
  close(): Promise<void>
}

/**
 * Opens it with nothing behind the door. `program`: the file of each release that listens on PORT. What is asked as
 * /health is no visit of anybody and not counted.
 */
export async function openProduction(program: string): Promise<RealProduction> {
  const place = mkdtempSync(join(tmpdir(), 'production-'))
  const releases: Release[] = []
  const answers: Answered[] = []
  const port = await freePort()
  const door = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://door')
    if (pathname === '/metrics') return void response.end(exposition(answers))
    if (pathname === '/counts')
      return void response.end(JSON.stringify(counted(answers, searchParams)))
    return void pass(releases.at(-1), { path: request.url ?? '/', response, answers })
  })
  await new Promise<void>((resolve) => {
    door.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    releases,
    answers,
    async deploy(sha, repository) {
      const directory = mkdtempSync(join(place, 'release-'))
      await execa({ shell: true })`git -C ${repository} archive ${sha} | tar -x -C ${directory}`
      const release = await start(directory, { sha, program })
      const before = releases.at(-1)
      releases.push(release)
      before?.stop()
    },
    async close() {
      releases.at(-1)?.stop()
      await new Promise((resolve) => {
        door.close(resolve)
        door.closeAllConnections()
      })
      rmSync(place, { recursive: true, force: true })
    },
  }
}

async function start(
  cwd: string,
  { sha, program }: { readonly sha: string; readonly program: string },
): Promise<Release> {
  const port = await freePort()
  const env = { PORT: String(port) }
  const child = execa(process.execPath, [program], { cwd, env, reject: false, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/health`).catch(() => null))) await sleep(50)
  return { sha, url, since: new Date(), stop: () => void child.kill('SIGKILL') }
}

interface Visit {
  readonly path: string
  readonly response: ServerResponse
  readonly answers: Answered[]
}

async function pass(release: Release | undefined, { path, response, answers }: Visit) {
  const answer = await fetch(`${release?.url}${path}`).catch(() => null)
  const status = answer?.status ?? 502
  // One that was asked while it went is nobody's error but the door's.
  const isOfRelease = answer !== null && release !== undefined
  if (isOfRelease && !path.startsWith('/health'))
    answers.push({ at: new Date(), sha: release.sha, isError: status >= 500 })
  response.writeHead(status).end(await answer?.text())
}

function counted(answers: readonly Answered[], asked: URLSearchParams) {
  const [from, to] = ['from', 'to'].map((name) => new Date(asked.get(name) ?? 0))
  const within = answers.filter(({ at }) => from && to && at >= from && at < to)
  return { errors: within.filter(({ isError }) => isError).length, requests: within.length }
}

/** As Prometheus reads it. */
function exposition(answers: readonly Answered[]): string {
  const errors = answers.filter(({ isError }) => isError).length
  return [
    '# TYPE http_requests_total counter',
    `http_requests_total{code="200"} ${answers.length - errors}`,
    `http_requests_total{code="500"} ${errors}`,
    '',
  ].join('\n')
}

/** How long people got bad answers: from the first one of the newest release but one to when the newest was live. */
export function sickMs({
  releases,
  answers,
}: Pick<RealProduction, 'releases' | 'answers'>): number {
  const [worse, back] = releases.slice(-2)
  const bad = answers.find(({ sha, isError }) => isError && sha === worse?.sha)
  return Number(back?.since) - Number(bad?.at)
}

/** Sixty visitors a second, who are counted and ask for these paths, until they are told to stop. */
export function visit(
  { url }: Pick<RealProduction, 'url'>,
  pathOf: (visit: number) => string,
): () => void {
  let number = 0
  const timer = setInterval(() => {
    number += 1
    void fetch(`${url}${pathOf(number)}`)
      .then((answer) => answer.text())
      .catch(() => undefined)
  }, 1000 / 60)
  return () => clearInterval(timer)
}

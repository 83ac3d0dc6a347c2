import { createServer } from 'node:http'

import { freePort } from './service.ts'

interface Released {
  readonly sha: string
  readonly task: string
}

/**
 * What a workflow deploys through: a door that brings a commit live and answers when it is. `done` has what it brought
 * live, the oldest first.
 */
export async function openReleaseDoor() {
  const done: Released[] = []
  let deploy: ((sha: string) => Promise<void>) | null = null
  const port = await freePort()
  const bring = async (one: Released): Promise<void> => {
    await deploy?.(one.sha)
    done.push(one)
  }
  const door = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://door')
    const sha = searchParams.get('sha') ?? ''
    const task = searchParams.get('deployment')?.split(' ').at(-1) ?? ''
    void bring({ sha, task }).then(() => response.end())
  })
  await new Promise<void>((resolve) => {
    door.listen(port, '127.0.0.1', resolve)
  })
  return {
    done,
    leadsTo: (where: (sha: string) => Promise<void>) => void (deploy = where),
    close: () =>
      new Promise<void>((resolve) => {
        door.close(() => resolve())
        door.closeAllConnections()
      }),
    /** The workflow file that asks it. */
    workflow: `name: Deploy
run-name: Deploy \${{ inputs.deployment }}
on:
  workflow_dispatch:
    inputs: { environment: { required: true }, sha: { required: true }, deployment: { required: true } }
jobs:
  deploy:
    steps:
      - env: { SHA: '\${{ inputs.sha }}', DEPLOYMENT: '\${{ inputs.deployment }}' }
        run: curl -fsS -G --data-urlencode "sha=$SHA" --data-urlencode "deployment=$DEPLOYMENT" http://127.0.0.1:${port}/
`,
  }
}

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { deflateSync } from 'node:zlib'

/** Where a server is, and whether somebody still waits for it. */
interface GitServer {
  readonly url: string
  waiting(): Promise<number>
  close(): void
}

/** A git server over HTTP whose one commit comes with a pack that never ends. */
export async function openEndlessServer(): Promise<GitServer> {
  return await serve((request, response) => {
    if (request.url?.includes('/info/refs') === true) return advertise(response)
    response.setHeader('content-type', 'application/x-git-upload-pack-result')
    response.write(line('NAK\n'))
    response.write(band(packHeader))
    send(response)
  })
}

/** One that takes a question and never says a word. */
export async function openSilentServer(): Promise<GitServer> {
  return await serve(() => undefined)
}

async function serve(answer: RequestListener): Promise<GitServer> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/acme/endless.git`,
    waiting: () => promisify(server.getConnections.bind(server))(),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const sha = 'a'.repeat(40)

function advertise(response: ServerResponse): void {
  response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
  const head = line(`${sha} HEAD\0side-band-64k symref=HEAD:refs/heads/main agent=endless\n`)
  const refs = `${head}${line(`${sha} refs/heads/main\n`)}0000`
  response.end(`${line('# service=git-upload-pack\n')}0000${refs}`)
}

/** Blob after blob, some megabytes a second: faster, it would take the machine from those who have to end it. */
function send(response: ServerResponse): void {
  if (response.closed) return
  const goOn = (): void => void setTimeout(() => send(response), 5)
  if (response.write(band(blob()))) goOn()
  else response.once('drain', goOn)
}

/** Forty thousand bytes that nothing makes smaller; the length is written seven bits at a time after the first four. */
function blob(): Buffer {
  const head = [0x80 | (3 << 4) | (40_000 & 15), 0x80 | ((40_000 >> 4) & 127), 40_000 >> 11]
  return Buffer.concat([Buffer.from(head), deflateSync(randomBytes(40_000), { level: 0 })])
}

/** It promises two million objects. */
const packHeader = Buffer.from(
  `5041434b00000002${(2_000_000).toString(16).padStart(8, '0')}`,
  'hex',
)

function line(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

function band(data: Buffer): Buffer {
  const length = (data.length + 5).toString(16).padStart(4, '0')
  return Buffer.concat([Buffer.from(length), Buffer.from([1]), data])
}

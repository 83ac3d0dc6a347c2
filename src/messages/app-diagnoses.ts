import type { AppAnswer, AppHealth, DeliveryHealth, HookHealth } from '#domain/app-health.ts'

import { type Diagnosis } from './doctor.ts'
import { type Asked, grantedDiagnoses } from './granted-diagnoses.ts'

export interface ConfiguredApp extends Asked {
  readonly appId: number
  /** Where this service takes webhooks, after its address. */
  readonly webhookPath: string
}

/** What `doctor` says of the App as GitHub sees it, each problem with its remedy. */
export function appDiagnoses(health: AppHealth, configured: ConfiguredApp): readonly Diagnosis[] {
  const { answer } = health
  const clock = clockDiagnosis(health)
  if (answer.kind !== 'known') return [identity(answer, configured), ...clock]
  return [
    identity(answer, configured),
    ...clock,
    ...grantedDiagnoses(health, answer, configured),
    ...hookDiagnoses(health.hook, answer.page, configured),
    deliveries(health.deliveries, answer.page),
  ]
}

/** Nothing about an App is set: the command line needs none. */
export const noApp: Diagnosis = {
  name: 'GitHub App',
  state: 'ok',
  found: 'none configured; npm start leads through registering one',
  remedy: null,
}

export function halfConfigured(missing: string): Diagnosis {
  const remedy = 'Set what is missing, or unset all three for npm start to register an App.'
  return { name: 'GitHub App', state: 'missing', found: missing, remedy }
}

export function unforeseenAnswer(said: string): Diagnosis {
  const remedy = 'Try again in a minute; https://www.githubstatus.com says how GitHub is.'
  return { name: 'GitHub App', state: 'missing', found: said, remedy }
}

function identity(answer: AppAnswer, { appId }: ConfiguredApp): Diagnosis {
  const name = 'GitHub App'
  switch (answer.kind) {
    case 'known':
      if (answer.id === appId)
        return { name, state: 'ok', found: `${appId}, ${answer.page}`, remedy: null }
      return {
        name,
        state: 'missing',
        found: `GitHub says this is the App ${answer.id}, APP_ID says ${appId}`,
        remedy: `Set APP_ID=${answer.id}, or take the private key of the App ${appId}.`,
      }
    case 'refused':
      return {
        name,
        state: 'missing',
        found: `GitHub refuses (${answer.status}): ${answer.said}`,
        remedy:
          answer.status === 404
            ? "There is no App with this APP_ID: take the number under About on the App's page."
            : `Make a new private key on the page of the App ${appId} and set PRIVATE_KEY to it; check that APP_ID is its number.`,
      }
    case 'silent':
      return {
        name,
        state: 'missing',
        found: `GitHub does not answer: ${answer.said}`,
        remedy: 'Check the network from here to GITHUB_API_URL.',
      }
  }
}

/** GitHub takes a token of ours whose times are at most a minute off. */
const toleratedMs = 30_000

function clockDiagnosis({ aheadMs, answer }: AppHealth): readonly Diagnosis[] {
  if (aheadMs === null) return []
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const name = 'Clock'
  if (Math.abs(aheadMs) < toleratedMs)
    return [{ name, state: 'ok', found: 'as GitHub’s', remedy: null }]
  const found = `${seconds} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} GitHub's`
  const state = answer.kind === 'known' ? 'warning' : 'missing'
  return [{ name, state, found, remedy: 'Set the clock by NTP: timedatectl set-ntp true' }]
}

function hookDiagnoses(
  hook: HookHealth,
  page: string,
  { webhookPath }: ConfiguredApp,
): readonly Diagnosis[] {
  const secret: Diagnosis = hook.hasSecret
    ? { name: 'Webhook secret', state: 'ok', found: 'set on GitHub', remedy: null }
    : {
        name: 'Webhook secret',
        state: 'missing',
        found: 'none on GitHub: no delivery will be taken',
        remedy: `Enter WEBHOOK_SECRET as the webhook's secret in the settings of ${page}.`,
      }
  return [address(hook, page, webhookPath), secret]
}

function address({ url }: HookHealth, page: string, webhookPath: string): Diagnosis {
  const name = 'Webhook address'
  const remedy = `Enter https://<where npm start is reachable>${webhookPath} in the settings of ${page}.`
  if (url === null || url === '')
    return { name, state: 'missing', found: 'none: GitHub tells us nothing', remedy }
  if (URL.canParse(url) && new URL(url).hostname.endsWith('example.com'))
    return { name, state: 'missing', found: `${url} is only an example`, remedy }
  return url.endsWith(webhookPath)
    ? { name, state: 'ok', found: url, remedy: null }
    : { name, state: 'missing', found: `${url} does not end in ${webhookPath}`, remedy }
}

function deliveries(all: readonly DeliveryHealth[], page: string): Diagnosis {
  const name = 'Webhook deliveries'
  const [newest] = all
  if (newest === undefined) {
    const remedy = 'Install the App on a repository, push a commit there, and look again.'
    return { name, state: 'warning', found: 'GitHub has sent nothing yet', remedy }
  }
  const failed = all.filter((one) => !isTaken(one)).length
  const found = `${all.length - failed} of the last ${all.length} were taken`
  if (isTaken(newest)) return { name, state: 'ok', found, remedy: null }
  const said = `${found}; the newest (${newest.event}) got ${newest.status}: ${newest.said}`
  return { name, state: 'missing', found: said, remedy: deliveryRemedy(newest, page) }
}

function isTaken({ status }: DeliveryHealth): boolean {
  return status >= 200 && status < 300
}

function deliveryRemedy({ status, said }: DeliveryHealth, page: string): string {
  if (status === 400 && said.includes('signature'))
    return `WEBHOOK_SECRET differs from the secret in the settings of ${page}: enter the same there.`
  if (status >= 400 && status < 500)
    return `Something else answers at the webhook's address: see the settings of ${page}.`
  return 'See that npm start runs, that its proxy leads to it, and that GitHub can reach its address.'
}

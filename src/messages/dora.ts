import type { Dora, Middle, Objective, ObjectiveName } from '#domain/dora.ts'
import type { News } from '#domain/news.ts'
import { json } from '#domain/outcome.ts'

import { duration } from './duration.ts'
import { oneLine } from './plain-text.ts'

/** The five measures, and how the objectives stand. Each says from how many it was counted. */
export function doraText(dora: Dora, objectives: readonly Objective[]): string {
  const perDay = dora.days === 0 ? 0 : dora.deployments / dora.days
  const lines = [
    `DORA over ${dora.days} days`,
    `  Deployment frequency:            ${dora.deployments} (${perDay.toFixed(2)} a day)`,
    `  Lead time for changes:           ${middle(dora.leadTime)}`,
    `  Change fail rate:                ${share(dora.changeFail)}`,
    `  Failed deployment recovery time: ${middle(dora.recovery)}`,
    `  Deployment rework rate:          ${share(dora.rework)}`,
    '',
    'Objectives',
    ...objectives.map((one) => `  ${marks[one.state]} ${objectiveLine(one)}`),
  ]
  return `${lines.join('\n')}\n`
}

const marks = { 'too-few': '·', met: '✓', missed: '⚠', alert: '✗' } as const

const names: Readonly<Record<ObjectiveName, string>> = {
  success: 'Deployments that succeed',
  rollbacks: 'Deployments that are taken back',
  'deploy-time': 'Mean time of a deployment',
  'error-rise': 'Deployments after which errors are up by more than half',
}

function objectiveLine(one: Objective): string {
  const { name, n, value, target, alertAt, state } = one
  const bound = name === 'success' ? 'more than' : 'less than'
  const beyond = `${bound} ${amount(name, target)}, alert beyond ${amount(name, alertAt)}`
  const wanted = target === 0 ? 'none, alert at one' : beyond
  const measured = value === null ? 'nothing measured' : amount(name, value)
  const few = state === 'too-few' ? '; too few to judge, ten are needed' : ''
  return `${names[name]}: ${measured} (n = ${n}; ${wanted}${few})`
}

function amount(name: ObjectiveName, value: number): string {
  return name === 'deploy-time' ? duration(value) : `${(100 * value).toFixed(1)} %`
}

function middle({ n, medianMs }: Middle): string {
  return medianMs === null ? 'not recorded (n = 0)' : `${duration(medianMs)} (median, n = ${n})`
}

function share({ some, of }: Dora['rework']): string {
  return of === 0 ? 'no deployment yet' : `${((100 * some) / of).toFixed(1)} % (${some} of ${of})`
}

/** S2-41: told once a day for each objective of an environment. */
export function alertNews(
  objective: Objective,
  at: {
    readonly repository: number
    readonly name: string
    readonly environment: string
    readonly day: string
  },
): News {
  const place = `${oneLine(at.name)}, ${oneLine(at.environment)}`
  const text = `🚨 ALERT: ${place}\n\n${objectiveLine(objective)}\n`
  return {
    key: `alert ${at.repository} ${at.environment} ${objective.name} ${at.day}`,
    type: 'objective.alert',
    subject: `🚨 ALERT: ${names[objective.name]}: ${place}`,
    brief: text,
    full: text,
    data: json.parse({ ...at, objective }),
  }
}

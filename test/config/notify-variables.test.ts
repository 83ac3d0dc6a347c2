import { expect, test } from 'vitest'

import { InvalidEnvironmentError, readEnvironment } from '#config/environment.ts'

const read = (environment: Readonly<Record<string, string>>) =>
  readEnvironment(environment, { uid: 1, userHome: '/home/ada' }).notify

test('each channel is set by its own variables', () => {
  const secret = 'a secret of at least 24 characters'
  expect(
    read({
      SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/a',
      SLACK_BOT_TOKEN: 'xoxb-12345',
      SLACK_CHANNEL: '#deploys',
      SMTP_URL: 'smtps://u:p@mail.example.com',
      MAIL_FROM: 'robot@example.com',
      MAIL_TO: 'ann@example.com, bob@example.com',
      NOTIFY_WEBHOOK_URL: 'https://example.com/hook',
      NOTIFY_WEBHOOK_SECRET: secret,
    }),
  ).toEqual({
    slack: 'https://hooks.slack.com/services/a',
    slackApi: { url: 'https://slack.com/api', token: 'xoxb-12345', channel: '#deploys' },
    mail: {
      smtp: 'smtps://u:p@mail.example.com',
      from: 'robot@example.com',
      to: ['ann@example.com', 'bob@example.com'],
    },
    webhook: { url: 'https://example.com/hook', secret },
  })
})

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-12345' }, 'SLACK_CHANNEL: Not set'],
  [{ SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'a@b.c' }, 'MAIL_TO: Not set'],
  [{ NOTIFY_WEBHOOK_URL: 'https://example.com' }, 'NOTIFY_WEBHOOK_SECRET: Not set'],
  [{ NOTIFY_WEBHOOK_SECRET: 'short' }, 'NOTIFY_WEBHOOK_SECRET: Shorter'],
  [{ MAIL_TO: 'ann@example.com, nobody' }, 'Not addresses'],
  [{ SMTP_URL: 'http://mail.example.com' }, 'SMTP_URL: Not a URL'],
])('%j is refused: %s', (environment, said) => {
  expect(() => read(environment)).toThrow(InvalidEnvironmentError)
  expect(() => read(environment)).toThrow(said)
})

import { randomUUID } from 'node:crypto'

import { Command } from 'commander'

import { InvalidEnvironmentError } from '#config/environment.ts'
import { InvalidWorkflowsError } from '#config/workflows.ts'
import { unforeseen } from '#messages/command-line.ts'

import { reportCommand } from './cli-account.ts'
import { auditCommand, verifyAudit } from './cli-audit.ts'
import { doctorCommand } from './cli-doctor.ts'
import { doraCommand } from './cli-dora.ts'
import { fixCommand } from './cli-fix.ts'
import { recordCommand } from './cli-record.ts'
import { replayCommand } from './cli-replay.ts'
import { exitCodes, explained } from './cli-settings.ts'

/** The command line: the same app as the server, without a webhook. */
const program = new Command('goalkeeper')
  .description('Keeps main green: a red check becomes a proved fix on a branch of its own.')
  .showHelpAfterError('(add --help for what can be given)')
  .configureOutput({ outputError: (text, write) => write(text) })

program
  .command('fix')
  .description('find the red checks of a repository, fix them, prove it, leave a branch')
  .argument('<repository>', 'a path inside a git checkout, or a git URL')
  .option('--check <command...>', 'take these commands as the checks, e.g. --check "npm run lint"')
  .option('--ref <ref>', 'the branch, tag or commit to repair (default: HEAD)')
  .option('--base <ref>', 'what was red there already is left alone (default: the default branch)')
  .option('--apply', 'also apply the proved fix to the working tree', false)
  .option('--dry-run', 'do everything but leave the branch', false)
  .option('--json', 'print the report as JSON on standard output', false)
  .option('--culprit', 'find the commit that turned it red, and take exactly that back', false)
  .option('--good <ref>', 'with --culprit: a commit that is known to be green')
  .option('--resume [run]', 'go on with an unfinished run of this repository')
  .action(async (repository: string, options: FixFlags) => {
    process.exitCode = await fixCommand(repository, {
      checks: options.check ?? [],
      ref: options.ref ?? null,
      base: options.base ?? null,
      apply: options.apply,
      dryRun: options.dryRun,
      json: options.json,
      culprit: options.culprit ? { good: options.good ?? null } : null,
      resume: options.resume ?? null,
    })
  })

program
  .command('record')
  .description(
    'show what is on record: the newest runs, or one run and what it would have published',
  )
  .argument('[run]', 'the id of a run')
  .option('--json', 'print it as JSON on standard output', false)
  .action(async (run: string | undefined, { json }: { readonly json: boolean }) => {
    process.exitCode = await recordCommand(run ?? null, { json })
  })

program
  .command('report')
  .description(
    'report on a task, from what was heard to what is live: for who decides, with a timeline',
  )
  .argument('[task-or-run]', 'the id of a task or of one of its runs')
  .option('--dora', 'instead: the five measures of DORA, and the objectives', false)
  .option('--days <number>', 'with --dora: over so many days', '30')
  .option('--json', 'print it as JSON, with the notice, the technical log and the incident', false)
  .action(async (id: string | undefined, options: ReportFlags) => {
    const { json, dora, days } = options
    if (dora) process.exitCode = await doraCommand({ json, days: Number(days) || 30 })
    else process.exitCode = await reportCommand(id ?? '', { json })
  })

program
  .command('replay')
  .description(
    "decide again, by today's rules, what was decided in a task; asks nothing and does nothing",
  )
  .argument('<task-or-run>', 'the id of a task or of one of its runs')
  .option('--json', 'print it as JSON on standard output', false)
  .action(async (id: string, { json }: { readonly json: boolean }) => {
    process.exitCode = await replayCommand(id, { json })
  })

program
  .command('audit')
  .description('export every decision with its evidence as JSON lines, as a chain of hashes')
  .option('--since <time>', 'only what came then and later, e.g. 2026-11-29')
  .option('--verify <file>', 'instead: is this export whole, and does the database still have it?')
  .action(async ({ since, verify }: { readonly since?: string; readonly verify?: string }) => {
    process.exitCode = verify ? await verifyAudit(verify) : await auditCommand(since ?? null)
  })

program
  .command('doctor')
  .description('say what is missing or misconfigured, each with its remedy')
  .action(async () => {
    process.exitCode = await doctorCommand()
  })

interface ReportFlags {
  readonly json: boolean
  readonly dora: boolean
  readonly days: string
}

interface FixFlags {
  readonly check?: string[]
  readonly ref?: string
  readonly base?: string
  readonly apply: boolean
  readonly dryRun: boolean
  readonly json: boolean
  readonly culprit: boolean
  readonly good?: string
  readonly resume?: string | true
}

// In a job of GitHub Actions `::` at the start of a line is an order to the runner, and a test may print one.
if (process.env['GITHUB_ACTIONS'] === 'true') {
  const token = randomUUID()
  program.hook('preAction', () => void process.stderr.write(`::stop-commands::${token}\n`))
  program.hook('postAction', () => void process.stderr.write(`::${token}::\n`))
}
try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${unforeseen(explained(error))}\n`)
  process.exitCode = isBadSetting(error) ? exitCodes.usage : exitCodes.machine
}

function isBadSetting(error: unknown): boolean {
  return error instanceof InvalidEnvironmentError || error instanceof InvalidWorkflowsError
}

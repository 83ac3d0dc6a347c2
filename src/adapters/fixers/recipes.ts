import { createRequire } from 'node:module'
import { dirname } from 'node:path'

import { z } from 'zod'

import type { Patch } from '#domain/patch.ts'
import { type Recipe, type Rewrite, rewritten } from '#domain/recipe.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'
import type { RecipeRunner } from '#ports/recipes.ts'

import { programsOf, reachOf } from './by-test/reach.ts'

/** ast-grep as it is found inside the sandbox. */
const astGrep = '/opt/toolbox/ast-grep/ast-grep'

/** The program for this machine, to be carried into the sandbox; where none is published for it, the rung does nothing. */
export function astGrepToolbox(): readonly { readonly name: string; readonly from: string }[] {
  const name = `@ast-grep/cli-${process.platform}-${process.arch}-gnu/package.json`
  try {
    return [{ name: 'ast-grep', from: dirname(createRequire(import.meta.url).resolve(name)) }]
  } catch {
    return []
  }
}

const place = z.object({ line: z.number().int().nonnegative() })
const matches = z
  .array(
    z.object({
      file: z.string().regex(/^(?!\/|.*(?:^|\/)\.\.(?:\/|$)).+$/),
      replacement: z.string().max(20_000),
      replacementOffsets: z.object({
        start: z.number().int().nonnegative(),
        end: z.number().int().nonnegative(),
      }),
      range: z.object({ start: place, end: place }),
    }),
  )
  .max(500)

/** The rule is a human's and the files are anybody's: it runs in the sandbox, and its answer is parsed as untrusted. */
export function recipeRunner(program = astGrep): RecipeRunner {
  return {
    async rewrites(workspace, patch, rule) {
      const { end, stdout } = await workspace.run(patch, {
        command: [program, 'scan', '--inline-rules', rule, '--json=compact', ...searched],
        directory: '.',
        timeoutMs: 60_000,
      })
      if (end.kind === 'stopped' || end.exitCode !== 0) return []
      const found = matches.safeParse(fromJson(stdout))
      return found.success ? found.data.map(rewriteOf) : []
    },
    async complaint(workspace, rule) {
      const { end, stderr } = await workspace.run([], {
        command: [program, 'scan', '--inline-rules', rule, '--globs', '!**', '.'],
        directory: '.',
        timeoutMs: 60_000,
      })
      return end.kind === 'exited' && end.exitCode === noRule ? complaintIn(stderr) : null
    },
  }
}

/** What ast-grep ends with where it cannot read a rule. */
const noRule = 8

/** Its causes stand below each other, the last one the nearest. */
function complaintIn(stderr: string) {
  const cause = stderr.split('\n').findLast((line) => line.startsWith('╰▻')) ?? ''
  const [, words = '', line = null] =
    /^╰▻ (.*?)(?: at line (\d+), column \d+)?\.?$/.exec(cause) ?? []
  return { line: line === null ? null : Number(line), words: words.slice(0, 300) }
}

const searched = ['--globs', '!**/node_modules/**', '.'] as const

function rewriteOf(match: z.infer<typeof matches>[number]): Rewrite {
  const { file, replacement: text, replacementOffsets, range } = match
  const path = file.replace(/^\.\//, '')
  return {
    path,
    text,
    ...replacementOffsets,
    fromLine: range.start.line + 1,
    toLine: range.end.line + 1,
  }
}

/** The recipes that people of the repository merged, on what the failing check reaches; each proved like any other fix. */
export function recipesFixer(runner: RecipeRunner): Fixer {
  return {
    id: 'recipes',
    rung: 'recipe',
    applies: ({ recipes, findings }) => recipes.length > 0 && findings.length > 0,
    async propose(request) {
      const near = nearOf(request)
      const candidates: Candidate[] = []
      for (const recipe of request.recipes) {
        const all = await runner.rewrites(request.workspace, request.patch, recipe.rule)
        candidates.push(...candidatesOf(request, recipe, near(all)))
      }
      return candidates
    },
  }
}

/** Keeps what stands in a file that is complained about; else what stands in the one file that the check reaches. */
function nearOf(request: FixRequest): (all: readonly Rewrite[]) => readonly Rewrite[] {
  const { workspace, patch, findings } = request
  const named = findings.flatMap(({ file }) => file ?? [])
  const reached = new Set(reachOf(programsOf(workspace, patch), named).map(({ path }) => path))
  return (all) => {
    const found = all.filter(({ path }) => reached.has(path))
    const complained = found.filter(({ path }) => named.includes(path))
    const isOne = new Set(found.map(({ path }) => path)).size === 1
    return complained.length > 0 || !isOne ? complained : found
  }
}

function candidatesOf(
  request: FixRequest,
  { name }: Recipe,
  rewrites: readonly Rewrite[],
): readonly Candidate[] {
  return [...Map.groupBy(rewrites, ({ path }) => path)].flatMap(([path, all]) => {
    const onLine = all.filter((one) => request.findings.some((finding) => isAt(finding, one)))
    const chosen = onLine.length > 0 ? onLine : all
    const before = request.workspace.read(path, request.patch)
    if (before === null) return []
    return {
      strategy: `recipe/${name}`,
      description: `Rewrote ${path} by the recipe ${name}`,
      rootCause: `${path} has what the recipe ${name} rewrites`,
      patch: [{ path, content: rewritten(before, chosen) }] satisfies Patch,
      // One place is what was accepted before; where it fits several, a human looks.
      risk: chosen.length === 1 ? 'safe' : 'review',
    }
  })
}

function isAt({ file, line }: FixRequest['findings'][number], of: Rewrite): boolean {
  return file === of.path && line !== null && line >= of.fromLine && line <= of.toLine
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import { z } from 'zod'

import { repair, type Repair } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { type AcceptedEdit, type ModelEdit, rewritten } from '#domain/recipe.ts'
import { recipeBody, recipeMessage, recipeNote, recipeText, recipeTitle } from '#messages/recipe.ts'
import { branchFor, slug } from '#policy/branch.ts'
import { changedNode } from '#policy/changed-node.ts'
import { type Generalized, recurring } from '#policy/recipe.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { ModelEdits, RecipeRunner } from '#ports/recipes.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { isByStranger } from './coder-rung.ts'
import { rulingCommit } from './default-rules.ts'
import { hostedOf } from './hosted-run.ts'
import { openOrForsake } from './leave-branch.ts'
import { recipeFolder } from './recipes-of.ts'
import { workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly repositories: Pick<
    Publishing['repositories'],
    'read' | 'resolve' | 'checkout' | 'commit' | 'deliver'
  >
  readonly pullRequests: Pick<Publishing['pullRequests'], 'open' | 'forsake'> &
    Pick<PullRequests, 'markReady'>
  readonly edits: ModelEdits
  readonly recipeRunner: Pick<RecipeRunner, 'rewrites'>
}

const input = z.strictObject({ place, repairs: z.array(repair) })
type Input = z.infer<typeof input>

/** Keeps what a model changed; a change that people accepted before and that is back is offered as a recipe to merge. */
export function offerRecipe(ports: Ports): StepKind<Input> {
  return {
    name: 'offer-recipe',
    input,
    outputs: ['offered'],
    sideEffect: 'external',
    run: (input, context) => offer(ports, input, context),
  }
}

async function offer(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository } = hostedOf(context)
  // What a stranger's pull request asks for teaches nothing.
  if (isByStranger(context.event)) return offered(null)
  const own = await editsIn(ports, input)
  const accepted = own.length === 0 ? [] : await ports.edits.accepted(repository.id)
  await ports.edits.keep({ repository: repository.id, taskId: context.event.taskId }, own)
  for (const edit of own) {
    const number = await offerFor(ports, { ...input, edit, accepted }, context)
    if (number !== null) return offered(number)
  }
  return offered(null)
}

function offered(number: number | null): Outcome {
  return { kind: 'done', outputs: { offered: number } }
}

/** What a model alone changed in one file. */
async function editsIn({ repositories }: Ports, of: Input): Promise<readonly ModelEdit[]> {
  const { mirror, headSha } = of.place
  const edits: ModelEdit[] = []
  for (const { patch } of of.repairs.filter(isByModel))
    for (const { path, content: after } of patch) {
      const before = await repositories.read(mirror, headSha, path)
      const edit = changedNode({ path, before, after })
      if (edit !== null && patch.length === 1) edits.push(edit)
    }
  return edits
}

function isByModel({ strategies }: Repair): boolean {
  return strategies.length > 0 && strategies.every((one) => one.startsWith('coder/'))
}

interface Recurring extends Input {
  readonly edit: ModelEdit
  readonly accepted: readonly AcceptedEdit[]
}

async function offerFor(ports: Ports, of: Recurring, context: StepContext): Promise<number | null> {
  const at = { place: of.place, sha: of.place.headSha }
  for (const earlier of of.accepted) {
    const rewriting = recurring(earlier, of.edit)
    if (rewriting === null) continue
    const rule = ruleOf(rewriting, earlier.number)
    const { workspace } = await workspaceAt(ports, at, context)
    if (!(await makesBoth(ports, { rule: rule.text, workspace }, [earlier, of.edit]))) continue
    return await propose(ports, { ...of, ...rule, rewriting, before: earlier.number }, context)
  }
  return null
}

function ruleOf(rewriting: Generalized, before: number) {
  const id = slug(rewriting.fix, 40) || 'recipe'
  return { id, text: recipeText({ ...rewriting, id, before }) }
}

/** Run over what stood there before each fix, it makes exactly what the fix made. */
async function makesBoth(
  { recipeRunner }: Ports,
  { rule, workspace }: { readonly rule: string; readonly workspace: Workspace },
  edits: readonly ModelEdit[],
): Promise<boolean> {
  for (const { path, before, after } of edits) {
    const stage = `goalkeeper-recipe/${path.split('/').at(-1) ?? 'a.ts'}`
    const patch = [{ path: stage, content: before }]
    const all = await recipeRunner.rewrites(workspace, patch, rule)
    const own = all.filter((one) => one.path === stage)
    const made = own.length === 1 ? rewritten(before, own) : null
    if (made === null || made.trim() !== after.trim()) return false
  }
  return true
}

interface Proposing extends Recurring {
  readonly id: string
  readonly text: string
  readonly rewriting: Generalized
  readonly before: number
}

/** One branch for a recipe, so that it is offered once, whatever became of it. */
async function propose(ports: Ports, of: Proposing, context: StepContext): Promise<number | null> {
  const { repository } = hostedOf(context)
  const { repositories, pullRequests } = ports
  const { mirror } = of.place
  const sha = await rulingCommit(ports, of.place)
  const path = `${recipeFolder}/${of.id}.yml`
  if (sha === null || mirror.defaultBranch === null) return null
  if ((await repositories.read(mirror, sha, path)) !== null) return null
  const branch = branchFor('recipe', of.id)
  const { taskId } = context.event
  const written = await repositories.commit({
    mirror,
    branch,
    parent: sha,
    patch: [{ path, content: of.text }],
    message: recipeMessage(of.rewriting, { taskId, runId: context.runId }),
    at: context.startedAt,
  })
  if (written.kind === 'refused') return null
  const how = { from: null, stop: context.signal }
  if ((await repositories.deliver(mirror, branch, how)) !== 'delivered') return null
  const words = {
    title: recipeTitle(of.rewriting),
    body: recipeBody({ path, before: of.before }),
    labels: ['recipe'],
  }
  const wanted = { head: branch, base: mirror.defaultBranch, ...words }
  const opened = await openOrForsake(pullRequests, repository, { wanted, headSha: written.sha })
  if (opened === null || opened.state !== 'open') return null
  await pullRequests.markReady(repository, opened.number)
  context.note(recipeNote(opened.number))
  return opened.number
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { problemsOf } from '../problems.ts'
import { openProject, type Project, type ProjectPlan } from './open-project.ts'
import { createOverlay, type Overlay } from './overlay.ts'
import { planProjects, readConfig } from './plan-projects.ts'
import { isProgram, sourceFiles } from './source-files.ts'

/** What is open already: a project is opened once, however often it is asked for. */
export interface Shelf {
  readonly overlay: Overlay
  readonly open: (plan: ProjectPlan) => Project
}

export function createShelf(): Shelf {
  const overlay = createOverlay()
  const projects = new Map<string, Project>()
  return {
    overlay,
    open(plan) {
      const { config, directory, files, loose } = plan
      const key = JSON.stringify([config, directory, files, loose])
      const project = projects.get(key) ?? openProject(plan, overlay)
      projects.set(key, project)
      return project
    },
  }
}

/** More files than these are not looked at before anybody asks: what they cost is lost where the question is another one. */
const mostChecked = 300

/**
 * Opens the projects of these configurations before anybody asks, as far as they are there. Where there is none at all it
 * opens what would be guessed, and looks at file after file until somebody asked: with a configuration the compiler itself
 * is at work at this time, mostly, and the processors are its. What was looked at is not looked at again.
 */
export async function openAhead(
  shelf: Shelf,
  root: string,
  { configs, asked }: { readonly configs: readonly string[]; readonly asked: Promise<unknown> },
): Promise<void> {
  let isAsked = false
  void asked.finally(() => {
    isAsked = true
  })
  const there = configs.map((config) => join(root, config)).filter((path) => existsSync(path))
  const plans = there.length > 0 ? there.flatMap(readConfig) : guessed(root)
  const projects = plans.map((plan) => shelf.open(plan))
  for (const project of projects) project.program().getTypeChecker()
  if (there.length > 0) return
  const all = projects.flatMap((project) => [...project.files].map((file) => ({ project, file })))
  for (const { project, file } of all.slice(0, mostChecked)) {
    // Whether the question came is seen between two files.
    await setImmediate()
    if (isAsked) return
    problemsOf(project, file, false)
  }
}

function guessed(root: string): readonly ProjectPlan[] {
  const sources = sourceFiles(root)
  const files = sources.all.filter(isProgram)
  return sources.configs.length > 0 ? [] : planProjects(root, sources, { files, configs: [] })
}

import { posix } from 'node:path'

import { quote } from 'shell-quote'

import type { Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { FixRequest } from '#ports/fixer.ts'
import type { SandboxResult } from '#ports/sandbox.ts'

import { programPath } from '../observer/program-path.ts'
import { environmentOf } from '../observer/verdict.ts'

/** One call of the check that complained, and what it complained about. */
export interface Complaint {
  readonly invocation: Invocation
  readonly findings: readonly Finding[]
  /** The files of the findings, relative to the root. */
  readonly files: readonly string[]
}

/** Findings of some tools, by the invocation they came from: the one in the nearest directory above the file. */
export function complaintsOf(
  { check, findings }: Pick<FixRequest, 'check' | 'findings'>,
  wanted: (finding: Finding) => boolean,
): readonly Complaint[] {
  const byInvocation = new Map<Invocation, Finding[]>()
  for (const finding of findings) {
    if (finding.file === null || !wanted(finding)) continue
    const invocation = invocationFor(check.invocations, finding.tool, finding.file)
    if (invocation === null) continue
    byInvocation.set(invocation, [...(byInvocation.get(invocation) ?? []), finding])
  }
  return [...byInvocation].map(([invocation, of]) => ({
    invocation,
    findings: of,
    files: [...new Set(of.flatMap(({ file }) => file ?? []))].toSorted(),
  }))
}

function invocationFor(all: readonly Invocation[], tool: ToolId, file: string): Invocation | null {
  const above = all.filter(
    ({ tool: id, directory }) =>
      id === tool && (directory === '.' || file.startsWith(`${directory}/`)),
  )
  return above.toSorted((a, b) => b.directory.length - a.directory.length)[0] ?? null
}

/** The files as somebody in the invocation's directory names them. */
export function fromDirectory(directory: string, files: readonly string[]): readonly string[] {
  return files.map((file) => {
    const relative = posix.relative(directory, file)
    return relative.startsWith('-') ? `./${relative}` : relative
  })
}

interface Call {
  readonly directory: string
  readonly argv: readonly string[]
  readonly patch: Patch
  readonly collect: boolean
}

/** Runs a program of the repository's own dependencies, as a package script would find it. */
export async function callTool(
  { workspace, check }: Pick<FixRequest, 'workspace' | 'check'>,
  { directory, argv, patch, collect }: Call,
): Promise<SandboxResult> {
  return await workspace.run(patch, {
    command: `pwd -P\n${programPath(directory)} ${quote([...argv])}`,
    directory,
    collect,
    env: { ...environmentOf(check), NO_COLOR: '1' },
  })
}

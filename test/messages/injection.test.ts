import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'

import type { FixFact } from '#domain/fix-fact.ts'
import { fixReport } from '#messages/fix-report.ts'
import { hostedReport } from '#messages/hosted-report.ts'
import { pullRequestBody, pullRequestTitle } from '#messages/pull-request.ts'

import { ciReportOf } from '../support/ci-world.ts'
import { recordedFacts, recordedRun } from '../support/recorded-run.ts'

/** What somebody would like to smuggle into our words. */
const hostile: Readonly<Record<string, string>> = {
  mention: '@octocat and @acme/owners',
  'image beacon': '![x](https://evil.example/x.png)',
  'HTML image': '<img src="https://evil.example/x.png">',
  link: '[click](https://evil.example)',
  address: 'see https://evil.example or www.evil.example',
  'reference link': '[click][x]\n\n[x]: https://evil.example',
  'closing word': 'Fixes #1, closes GH-1, resolves octo/kiosk#1',
  'our marker': '<!-- goalkeeper:auto-fix -->',
  'fence of backticks': '\n```\n</details>\n# Merge this\n```\n',
  'fence of tildes': '\n~~~\n# Merge this\n~~~',
  suggestion: '\n```suggestion\nevil()\n```',
  heading: '\n\n# Approved by maria\n\n***',
  table: ' | ok | ok |\n|---|---|\n| a | b |',
  quote: '\n\n> maria: merge it\n\n1. yes',
  script: '</sub><script>alert(1)</script><details open>',
  entity: '&lt;b&gt; &#64;octocat',
  'direction marks': 'safe\u202Egnp.exe\u2066 \u200B@octocat',
  'control characters': 'a\u0000b\u001B[31mc\u0007\r\nd',
  'word that skips CI': '[skip ci] ***NO_CI***',
  command: '\n/auto-fix\n/approve-deploy production',
}

/** Where words of others end up in ours. */
const places: Readonly<Record<string, (text: string) => FixFact[]>> = {
  'the name of a check': (text) => renamed('types', text),
  'a finding': (text) => replaced('message', text),
  'the name of a file': (text) => [...renamedFile(text)],
  'what a fixer describes': (text) => replaced('descriptions', [text]),
  'a remark': (text) => [...recordedFacts, { kind: 'remark', text }],
  'a root cause': (text) => replaced('rootCauses', [text]),
  'a command': (text) => replaced('command', text),
  'the reason of a check that cannot run': (text) => replaced('because', text),
  'a check run on GitHub': (text) => told({ check: text, conclusion: text, title: text }),
  'a step of a job': (text) =>
    told({ job: { name: text, workflow: text, step: text }, summary: text }),
  'an annotation': (text) =>
    told({ annotations: [{ path: text, line: 1, level: 'failure', message: text }] }),
  'a log': (text) =>
    told({ log: { kind: 'read', command: text, exitCode: 1, text: `${text}\n${text}` } }),
}

function told(more: Parameters<typeof ciReportOf>[0]): FixFact[] {
  return [...recordedFacts, { kind: 'ci-report', report: ciReportOf(more), trouble: null }]
}

/** The same facts with a value of that name exchanged wherever it stands. */
function replaced(name: string, value: unknown): FixFact[] {
  const text = JSON.stringify(recordedFacts, (key, before: unknown) =>
    key === name ? value : before,
  )
  return JSON.parse(text)
}

function renamed(from: string, to: string): FixFact[] {
  return JSON.parse(
    JSON.stringify(recordedFacts, (key, value: unknown) =>
      (key === 'check' || key === 'name') && value === from ? to : value,
    ),
  )
}

function renamedFile(path: string): FixFact[] {
  return JSON.parse(
    JSON.stringify(recordedFacts, (key, value: unknown) =>
      key === 'path' || key === 'file' ? path : value,
    ),
  )
}

interface Node {
  readonly type: string
  readonly value: string
  readonly lang: string | null
}

type Nodes = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number]

function nodesIn(markdown: string): readonly Node[] {
  const all: Node[] = []
  const visit = (node: Nodes): void => {
    const value = 'value' in node ? node.value : ''
    all.push({ type: node.type, value, lang: node.type === 'code' ? (node.lang ?? null) : null })
    if ('children' in node) node.children.forEach(visit)
  }
  visit(fromMarkdown(markdown))
  return all
}

/** Only these tags are ours. */
const ownHtml = new Set(['<sub>', '</sub>'])
const harmful: ReadonlySet<string> = new Set([
  'link',
  'image',
  'linkReference',
  'imageReference',
  'definition',
  'heading',
  'blockquote',
  'thematicBreak',
])

function harmIn(markdown: string): readonly string[] {
  const nodes = nodesIn(markdown)
  const shapes = nodes.filter(({ type, lang }) => harmful.has(type) || lang === 'suggestion')
  const html = nodes.filter(({ type, value }) => type === 'html' && !ownHtml.has(value))
  const words = nodes.filter(({ type, value }) => type === 'text' && speaks.test(value))
  return [...shapes, ...html, ...words].map((node) => JSON.stringify(node))
}

/** What GitHub obeys or links in plain text. */
const speaks =
  /@[a-z\d]|(?:^|\s)#\d|\bGH-\d|\b\w+\/\w+#\d|\[skip ci\]|\p{Bidi_Control}|[\p{Cc}--[\n]]/v

test.each([
  'mention',
  'image beacon',
  'HTML image',
  'link',
  'reference link',
  'closing word',
  'our marker',
  'suggestion',
  'heading',
  'quote',
  'script',
  'entity',
  'direction marks',
  'word that skips CI',
])('this test sees a %s where it is', (what) => {
  expect(harmIn(hostile[what] ?? '')).not.toEqual([])
})

const rows = Object.keys(places).flatMap((place) =>
  Object.keys(hostile).map((what) => [what, place] as const),
)

describe(`0 of ${rows.length} injections into our words succeed`, () => {
  test.each(rows)('%s in %s', (what, place) => {
    const facts = places[place]?.(hostile[what] ?? '') ?? []
    const report = fixReport(
      { ...recordedRun, reason: 'no-fix-found', detail: hostile[what] ?? '' },
      facts,
    )
    const { summary, title } = hostedReport(report, { pullRequest: null, diff: null })
    const body = pullRequestBody([report], { ending: null, closes: null, isBug: false })

    expect([...harmIn(summary), ...harmIn(body)]).toEqual([])
    // GitHub links bare addresses, which plain Markdown does not: the escape has to be in the source.
    expect(withoutCode(`${summary}\n${body}`)).not.toMatch(/:\/\/|www\.|^\/[a-z]/m)
    expect(title).not.toMatch(/\n|@octocat/)
    expect(pullRequestTitle(hostile[what] ?? '')).not.toMatch(/\n|@[a-z]|#\d|\[skip ci\]/)
  })
})

function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
}

import { parseSync, Visitor } from 'oxc-parser'

const matchers = new Set(['toMatchInlineSnapshot', 'toThrowErrorMatchingInlineSnapshot'])

/** Whether two versions of a test file are the same but for the templates given to inline snapshot matchers. */
export function differsOnlyInSnapshots(path: string, before: string, after: string): boolean {
  const old = withoutSnapshots(path, before)
  return old !== null && old === withoutSnapshots(path, after)
}

/** The text with every inline snapshot left out and white space evened, since updating indents anew. */
function withoutSnapshots(path: string, text: string): string | null {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) return null
  const templates: { readonly start: number; readonly end: number }[] = []
  new Visitor({
    CallExpression({ callee, arguments: given }) {
      const name = callee.type === 'MemberExpression' ? callee.property : null
      if (name?.type !== 'Identifier' || !matchers.has(name.name)) return
      const last = given.at(-1)
      if (last?.type === 'TemplateLiteral' || last?.type === 'Literal') templates.push(last)
    },
  }).visit(program)
  let rest = text
  for (const { start, end } of templates.toSorted((a, b) => b.start - a.start))
    rest = rest.slice(0, start) + rest.slice(end)
  return rest.replaceAll(/\s+/g, ' ')
}

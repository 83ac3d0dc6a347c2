import {
  type ForInStatement,
  type ForOfStatement,
  parseSync,
  type Program,
  type VariableDeclaration,
  Visitor,
} from 'oxc-parser'

export interface Span {
  readonly start: number
  readonly end: number
}

type ScopeKind = 'function' | 'block' | 'loop' | 'switch'

interface Scope extends Span {
  readonly kind: ScopeKind
}

interface NameUse extends Span {
  readonly name: string
}

/** Where the variables of a file live and where its names stand, as far as moving a `var` into its block needs it. */
export interface Scopes {
  readonly scopes: readonly Scope[]
  readonly variables: readonly VariableDeclaration[]
  /** Every identifier but the names of properties. */
  readonly uses: readonly NameUse[]
  /** What is assigned to after its declaration. */
  readonly targets: readonly Span[]
  /** The heads of `for … in` and `for … of`, which give their variable a value. */
  readonly given: readonly Span[]
}

/** Reads the scopes of a file that parses. */
export function scopesOf(file: string, text: string): Scopes {
  const { program } = parseSync(file, text)
  const variables: VariableDeclaration[] = []
  new Visitor({ VariableDeclaration: (node) => void variables.push(node) }).visit(program)
  const whole: Scope = { kind: 'function', start: 0, end: text.length }
  return {
    scopes: [whole, ...scopesIn(program)],
    variables,
    uses: usesIn(program),
    ...assignedIn(program),
  }
}

function scopesIn(program: Program): readonly Scope[] {
  const scopes: Scope[] = []
  const enter =
    (kind: ScopeKind) =>
    ({ start, end }: Span): void =>
      void scopes.push({ kind, start, end })
  new Visitor({
    FunctionDeclaration: enter('function'),
    FunctionExpression: enter('function'),
    ArrowFunctionExpression: enter('function'),
    StaticBlock: enter('function'),
    BlockStatement: enter('block'),
    ForStatement: enter('loop'),
    ForInStatement: enter('loop'),
    ForOfStatement: enter('loop'),
    WhileStatement: enter('loop'),
    DoWhileStatement: enter('loop'),
    SwitchStatement: enter('switch'),
  }).visit(program)
  return scopes
}

function usesIn(program: Program): readonly NameUse[] {
  const uses: NameUse[] = []
  const properties = new Set<number>()
  const keyed = ({ computed, key }: { readonly computed: boolean; readonly key: Span }): void =>
    void (!computed && properties.add(key.start))
  new Visitor({
    MemberExpression: ({ computed, property }) => keyed({ computed, key: property }),
    Property: ({ computed, shorthand, key }) => keyed({ computed: computed || shorthand, key }),
    MethodDefinition: keyed,
    PropertyDefinition: keyed,
    Identifier: (node) => void uses.push(node),
    JSXIdentifier: (node) => void uses.push(node),
  }).visit(program)
  return uses.filter(({ start }) => !properties.has(start))
}

function assignedIn(program: Program): Pick<Scopes, 'targets' | 'given'> {
  const targets: Span[] = []
  const given: Span[] = []
  const assign = (target: Span & { readonly type: string }): void => {
    // In `a.b = 1` and `a[i] = 1` no name is assigned to.
    if (target.type !== 'MemberExpression') targets.push(target)
  }
  const iterate = ({ left }: ForInStatement | ForOfStatement): void => {
    if (left.type === 'VariableDeclaration') given.push(left)
    else assign(left)
  }
  new Visitor({
    AssignmentExpression: ({ left }) => assign(left),
    UpdateExpression: ({ argument }) => assign(argument),
    ForInStatement: iterate,
    ForOfStatement: iterate,
  }).visit(program)
  return { targets, given }
}

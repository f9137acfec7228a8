import type { Node } from '../expressions/ast.ts'
import type { Located, TemplateNode } from '../templates/tree.ts'
import type { Tell } from './findings.ts'
import { find, type Inference, intoLoop, shownBy, typeOf } from './infer.ts'
import { type Circumstances, type Found, withLocals } from './scope.ts'
import { BOOLEAN, join, objectOf, TEXT, type Type, WHOLE } from './type.ts'

/** What a template gives where it stands as a value: that of its expression where it is nothing else, else text. */
export function typeOfTemplate(nodes: readonly TemplateNode[], at: Circumstances, by: Inference): Type {
  const [only] = nodes
  if (nodes.length === 1 && only?.type === 'output') return looked(only.value, at, by)
  through(nodes, at, by)
  return TEXT
}

/** An expression of a template, told of where it stands in there. */
function looked({ tree, base }: Located<Node>, at: Circumstances, by: Inference): Type {
  return typeOf(tree, at, within(base, by))
}

function within(base: number, { scope, tell }: Inference): Inference {
  const further: Tell = (finding) => tell({ ...finding, offset: finding.offset + base })
  return { scope, tell: further }
}

/** Looks at nodes in their order; answers what is known behind them. */
function through(nodes: readonly TemplateNode[], start: Circumstances, by: Inference): Circumstances {
  let at = start
  for (const node of nodes) {
    if (node.type === 'output') looked(node.value, at, by)
    else if (node.type === 'set')
      at = withLocals(at, [[node.name, { type: looked(node.value, at, by), absence: null }]])
    else if (node.type === 'for') loop(node, at, by)
    else if (node.type === 'if') at = branches(node, at, by)
  }
  return at
}

const LOOP: Found = {
  type: objectOf([
    ...['index', 'index0', 'revindex', 'revindex0', 'length'].map((name) => [name, WHOLE] as const),
    ['first', BOOLEAN],
    ['last', BOOLEAN],
  ]),
  absence: null,
}

function loop(node: Extract<TemplateNode, { type: 'for' }>, at: Circumstances, by: Inference): void {
  const { tree, base } = node.loop
  const inner = withLocals(intoLoop(tree, at, within(base, by)), [['loop', LOOP]])
  through(node.body, inner, by)
  through(node.otherwise, at, by)
}

/** What is set in one branch only is behind them what it was before, or what stands in `runtime` under its name. */
function branches(node: Extract<TemplateNode, { type: 'if' }>, start: Circumstances, by: Inference): Circumstances {
  let at = start
  const ends: Circumstances[] = []
  for (const { test, body } of node.branches) {
    looked(test, at, by)
    const inner = within(test.base, by)
    ends.push(through(body, shownBy(test.tree, true, at, inner), by))
    at = shownBy(test.tree, false, at, inner)
  }
  ends.push(through(node.otherwise, at, by))
  const names = new Set(ends.flatMap(({ locals }) => [...locals.keys()]).filter((name) => setWithin(name, start, ends)))
  const merged = [...names].map((name): readonly [string, Found] => {
    const found = ends.map((end) => nameIn(name, end, by))
    const [first, ...others] = found
    return [
      name,
      others.reduce((a, b) => ({ type: join(a.type, b.type), absence: a.absence ?? b.absence }), first ?? LOOP),
    ]
  })
  return merged.length === 0 ? start : withLocals(start, merged)
}

function setWithin(name: string, start: Circumstances, ends: readonly Circumstances[]): boolean {
  return ends.some(({ locals }) => locals.get(name) !== undefined && locals.get(name) !== start.locals.get(name))
}

function nameIn(name: string, at: Circumstances, by: Inference): Found {
  return find({ type: 'name', name, offset: 0, length: 1 }, at, { ...by, tell: () => {} })
}

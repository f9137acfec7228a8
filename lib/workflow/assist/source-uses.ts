import type { Node } from '../expressions/ast.ts'
import { ExpressionError } from '../expressions/errors.ts'
import { parseExpression } from '../expressions/parse.ts'
import { parseTemplate } from '../templates/parse.ts'
import type { Located, TemplateNode } from '../templates/tree.ts'
import { type Meaning, meaning, type Names } from './meaning.ts'
import { local, meaningOfNode, type Use, usesIn, withItems, withLocals } from './read-node.ts'

/** What is known of the counter that each loop of a template has. */
const LOOP: Meaning = meaning(
  { name: 'loop', from: 'of this loop' },
  {
    members: () => [
      ...['index', 'index0', 'length'].map((name) =>
        meaning({ name, from: 'of this loop', schema: { type: 'integer' } }),
      ),
      ...['first', 'last'].map((name) => meaning({ name, from: 'of this loop', schema: { type: 'boolean' } })),
    ],
  },
)

/** Every name of an expression or template that stands for something. One that cannot be parsed (yet) is read word by word. */
export function usesInSource(source: string, kind: 'expression' | 'template', names: Names): readonly Use[] {
  try {
    return kind === 'expression'
      ? usesIn(parseExpression(source), source, names)
      : usesInTemplate(parseTemplate(source), source, names).uses
  } catch (error) {
    if (error instanceof ExpressionError) return usesInWords(source, names)
    throw error
  }
}

/** The names within a loop of a template. */
export function withLoop(names: Names, targets: readonly string[], list: Meaning | null): Names {
  return withLocals(withItems(names, targets, list), [LOOP])
}

interface Walked {
  readonly uses: readonly Use[]
  /** What is in reach behind. */
  readonly after: Names
}

function usesInTemplate(nodes: readonly TemplateNode[], source: string, start: Names): Walked {
  let names = start
  const uses: Use[] = []
  const read = ({ tree, base }: Located<Node>, within: Names): void => {
    const part = source.slice(base)
    for (const use of usesIn(tree, part, within)) uses.push({ ...use, offset: use.offset + base })
  }
  const body = (inner: readonly TemplateNode[], within: Names): Names => {
    const walked = usesInTemplate(inner, source, within)
    uses.push(...walked.uses)
    return walked.after
  }
  for (const node of nodes) {
    if (node.type === 'output') read(node.value, names)
    else if (node.type === 'set') {
      read(node.value, names)
      names = withLocals(names, [local(node.name, meaningOfNode(node.value.tree, names))])
    } else if (node.type === 'for') {
      read(node.loop, names)
      body(node.body, withLoop(names, node.loop.tree.targets, meaningOfNode(node.loop.tree.iterable, names)))
      body(node.otherwise, names)
    } else if (node.type === 'if') {
      for (const { test, body: inner } of node.branches) {
        read(test, names)
        names = body(inner, names)
      }
      names = body(node.otherwise, names)
    }
  }
  return { uses, after: names }
}

/** A text in quotes, or a path: a name with what follows it by dots and brackets. */
const WORDS =
  /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<![\w.])([A-Za-z_]\w*)((?:\s*\.\s*\w+|\[\s*(?:\d+|'[^'\n]*'|"[^"\n]*")\s*\])*)/g
const PARTS = /\.\s*(\w+)|\[\s*(?:(\d+)|'([^'\n]*)'|"([^"\n]*)")\s*\]/g

function usesInWords(source: string, names: Names): readonly Use[] {
  const uses: Use[] = []
  for (const { 1: quoted, 2: root = '', 3: rest = '', index } of source.matchAll(WORDS)) {
    if (quoted !== undefined) continue
    let found = names.name(root)
    if (found) uses.push({ meaning: found, offset: index, length: root.length, as: 'name' })
    for (const part of rest.matchAll(PARTS)) {
      const [written, word, position, single, double] = part
      const name = word ?? single ?? double
      found = position === undefined && name !== undefined ? (found?.member(name) ?? null) : (found?.item() ?? null)
      if (found === null) break
      if (name === undefined) continue
      const offset = index + root.length + part.index + written.lastIndexOf(name)
      uses.push({ meaning: found, offset, length: name.length, as: word === undefined ? 'key' : 'dot' })
    }
  }
  return uses
}

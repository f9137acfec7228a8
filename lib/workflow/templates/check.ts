import type { Inspection } from '../expressions/check.ts'
import { ExpressionError, type Problem, problemOf } from '../expressions/errors.ts'
import { type Circumstances, definedWhen, type Reference, referencesOf } from '../expressions/references.ts'
import { rulesOf } from '../expressions/rules.ts'
import { parseTemplate } from './parse.ts'
import { withoutLine } from './template-error.ts'
import type { Located, TemplateNode } from './tree.ts'

/** Looks at a template once: for what is wrong with it, and for what it reads. */
export function inspectTemplate(template: string): Inspection {
  try {
    const nodes = parseTemplate(template)
    const found = problems(nodes, new Set())
    return { problems: found, reads: found.length > 0 ? [] : collect(nodes, OUTSIDE).found }
  } catch (error) {
    const problem = problemOf(error)
    // Whoever shows a problem says where in the whole text it stands: another line than that of the template.
    return { problems: [{ ...problem, message: withoutLine(problem.message) }], reads: [] }
  }
}

/** What is wrong with a template, without any data; an empty list when it can be rendered. */
export function checkTemplate(template: string): readonly Problem[] {
  return inspectTemplate(template).problems
}

/** Where nothing is known and nothing is set yet. */
const OUTSIDE: Circumstances = { locals: new Set(), guarded: false, known: [] }

/** Everything a template reads, loop variables and `set` names left out. One that cannot be parsed reads nothing. */
export function templateReferences(template: string): Reference[] {
  try {
    return collect(parseTemplate(template), OUTSIDE).found
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}

function problems(nodes: readonly TemplateNode[], locals: Set<string>): Problem[] {
  const rules = ({ tree, base }: Located<Parameters<typeof rulesOf>[0]>, names: ReadonlySet<string>) =>
    rulesOf(tree, names).map((problem) => ({ ...problem, offset: problem.offset + base }))
  return nodes.flatMap((node): Problem[] => {
    switch (node.type) {
      case 'text':
        return []
      case 'output':
        return rules(node.value, locals)
      case 'if':
        return [
          ...node.branches.flatMap(({ test, body }) => [...rules(test, locals), ...problems(body, locals)]),
          ...problems(node.otherwise, locals),
        ]
      case 'for':
        return [
          ...rules(node.loop, locals),
          ...problems(node.body, new Set([...locals, ...node.loop.tree.targets, 'loop'])),
          ...problems(node.otherwise, new Set(locals)),
        ]
      case 'set': {
        const found = rules(node.value, locals)
        locals.add(node.name)
        return found
      }
    }
    return []
  })
}

/** The references of nodes in their order, and what is known behind them. */
function collect(nodes: readonly TemplateNode[], start: Circumstances): { found: Reference[]; after: Circumstances } {
  let at = start
  const found: Reference[] = []
  const read = ({ tree, base }: Located<Parameters<typeof referencesOf>[0]>, circumstances: Circumstances): void => {
    for (const reference of referencesOf(tree, circumstances)) {
      found.push({ ...reference, offset: reference.offset + base })
    }
  }
  const body = (inner: readonly TemplateNode[], circumstances: Circumstances): Circumstances => {
    const collected = collect(inner, circumstances)
    found.push(...collected.found)
    return collected.after
  }
  for (const node of nodes) {
    if (node.type === 'output') read(node.value, at)
    else if (node.type === 'set') {
      read(node.value, at)
      at = { ...at, locals: new Set([...at.locals, node.name]) }
    } else if (node.type === 'for') {
      read(node.loop, at)
      body(node.body, { ...at, locals: new Set([...at.locals, ...node.loop.tree.targets, 'loop']) })
      body(node.otherwise, at)
    } else if (node.type === 'if') {
      let locals = at.locals
      let known = at.known
      for (const { test, body: inner } of node.branches) {
        read(test, { ...at, known })
        const after = body(inner, { ...at, known: [...known, ...definedWhen(test.tree, true, at)] })
        locals = new Set([...locals, ...after.locals])
        known = [...known, ...definedWhen(test.tree, false, at)]
      }
      const after = body(node.otherwise, { ...at, known })
      at = { ...at, locals: new Set([...locals, ...after.locals]) }
    }
  }
  return { found, after: at }
}

import type { Node } from '../expressions/ast.ts'
import { ExpressionError } from '../expressions/errors.ts'
import { parseExpression } from '../expressions/parse.ts'
import { parseTemplate } from '../templates/parse.ts'
import type { TemplateNode } from '../templates/tree.ts'

/** The trees of a text's expressions and templates, each read once; null: it cannot be read, which is told elsewhere. */
export class Trees {
  readonly #expressions = new Map<string, Node | null>()
  readonly #templates = new Map<string, readonly TemplateNode[] | null>()

  expression(source: string): Node | null {
    return kept(this.#expressions, source, parseExpression)
  }

  template(source: string): readonly TemplateNode[] | null {
    return kept(this.#templates, source, parseTemplate)
  }
}

function kept<T>(known: Map<string, T | null>, source: string, parse: (source: string) => T): T | null {
  const found = known.get(source)
  if (found !== undefined) return found
  const tree = readable(source, parse)
  known.set(source, tree)
  return tree
}

function readable<T>(source: string, parse: (source: string) => T): T | null {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

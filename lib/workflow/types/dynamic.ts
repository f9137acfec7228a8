import { isJsonObject, type Json } from '../../json.ts'
import type { Slot } from '../catalog.ts'
import { type Inference, typeOf } from './infer.ts'
import type { Circumstances } from './scope.ts'
import { typeOfTemplate } from './template.ts'
import type { Trees } from './trees.ts'
import {
  BOOLEAN,
  joinAll,
  listOf,
  NULL,
  NUMBER,
  objectOf,
  TEXT,
  type Type,
  typeOfLiteral,
  UNKNOWN,
  WHOLE,
} from './type.ts'

/** The type of what an expression or template gives. */
export function typeOfSource(kind: Slot['kind'], source: string, trees: Trees, at: Circumstances, by: Inference): Type {
  if (kind === 'expression') {
    const tree = trees.expression(source)
    return tree === null ? UNKNOWN : typeOf(tree, at, by)
  }
  const nodes = trees.template(source)
  return nodes === null ? TEXT : typeOfTemplate(nodes, at, by)
}

/** The type of a value that is an expression or a template, or a list or mapping of templates, when it is computed. */
export function typeOfDynamic(value: Json, trees: Trees, at: Circumstances, by: Inference): Type {
  if (typeof value !== 'string' || isTemplate(value)) return typeOfRendered(value, trees, at, by)
  return typeOfSource('expression', value, trees, at, by)
}

function typeOfRendered(value: Json, trees: Trees, at: Circumstances, by: Inference): Type {
  if (value === null) return NULL
  if (typeof value === 'boolean') return BOOLEAN
  if (typeof value === 'number') return Number.isInteger(value) ? WHOLE : NUMBER
  if (typeof value === 'string') {
    return isTemplate(value) ? typeOfSource('template', value, trees, at, by) : typeOfLiteral(value)
  }
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => typeOfRendered(item, trees, at, by))
    return listOf(joinAll(items), items)
  }
  if (!isJsonObject(value)) return UNKNOWN
  return objectOf(Object.entries(value).map(([key, item]) => [key, typeOfRendered(item, trees, at, by)]))
}

function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text)
}

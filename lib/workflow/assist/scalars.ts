import { type Document, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import type { Json, JsonSchema } from '../../json.ts'
import { type SourcePath, valueAt } from '../diagnostics.ts'
import { branches, child } from './schema-at.ts'

/** A word or text of the document, with what the language says of its place. */
export interface ScalarAt {
  readonly node: Scalar
  /** Of a key: with the key itself. */
  readonly path: SourcePath
  readonly part: 'key' | 'value'
  readonly schemas: readonly JsonSchema[]
  /** Of a key: what the language says of the mapping around it. */
  readonly around: readonly JsonSchema[]
  /** Whether it stands within braces or brackets. */
  readonly flow: boolean
}

/**
 * Everything that is written at a place of which the language says something; what an author may fill as they like is left
 * out. With an offset into the text only what stands there.
 */
export function scalarsOf(doc: Document.Parsed, value: Json, schema: JsonSchema, offset?: number): readonly ScalarAt[] {
  const found: ScalarAt[] = []
  visit(doc.contents, { path: [], value, schemas: branches(schema, schema, value), flow: false })
  return found

  function visit(node: Node | null, at: Around): void {
    if (node === null || at.schemas.length === 0 || !covers(node, offset)) return
    if (isScalar(node)) {
      const { path, schemas, flow } = at
      found.push({ node, path, part: 'value', schemas, around: [], flow })
    } else if (isSeq<Node>(node)) {
      for (const [i, item] of node.items.entries()) {
        if (covers(item, offset)) visit(item, inside(at, i, node.flow === true))
      }
    } else if (isMap<Scalar, Node | null>(node)) {
      for (const { key, value: held } of node.items) {
        if (!covers(key, offset) && !(held && covers(held, offset))) continue
        const within = inside(at, String(key.value), node.flow === true)
        const { path, schemas, flow } = within
        if (covers(key, offset)) found.push({ node: key, path, part: 'key', schemas, around: at.schemas, flow })
        visit(held, within)
      }
    }
  }

  function inside(at: Around, part: string | number, flow: boolean): Around {
    const held = valueAt(at.value ?? null, [part])
    return {
      path: [...at.path, part],
      value: held,
      schemas: at.schemas.flatMap((one) => {
        const next = child(one, part)
        return next === null ? [] : branches(schema, next, held)
      }),
      flow: at.flow || flow,
    }
  }
}

function covers({ range }: Node, offset: number | undefined): boolean {
  return offset === undefined || (range != null && range[0] <= offset && offset <= range[1])
}

interface Around {
  readonly path: SourcePath
  readonly value: Json | undefined
  readonly schemas: readonly JsonSchema[]
  readonly flow: boolean
}

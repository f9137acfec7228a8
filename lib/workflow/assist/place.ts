import { type Document, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import type { Json } from '../../json.ts'
import { composeLoosely } from '../compose.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { SourceText } from '../parse.ts'
import type { Tokeniser } from '../parse-again.ts'
import { toData } from '../parse-data.ts'
import { createLocator } from '../parse-locate.ts'
import { createPositions, type Range } from '../positions.ts'
import { type Language, offsetAt, type TextPoint } from './language.ts'

/** Where a cursor stands in a text that may be half written. */
export interface Place {
  /** Whether a key is being written there, or a value. */
  readonly at: 'key' | 'value'
  /** Of the mapping around a key; of the value itself. */
  readonly path: SourcePath
  /** The key or value up to the cursor, and from there on. */
  readonly before: string
  readonly after: string
  /** The other keys of the mapping around a key. */
  readonly siblings: readonly string[]
  /** Whether the key has its colon already. */
  readonly hasValue: boolean
  /** Whether it stands within braces or brackets. */
  readonly flow: boolean
  /** Whether a mapping may begin here: behind a dash, in a list in brackets, or alone on its line. */
  readonly fresh: boolean
  /** The text as far as it can be read, without what marks the cursor. */
  readonly source: SourceText
  readonly offset: number
  /** The text's place between two offsets. */
  range(from: number, to: number): Range
}

/** Put in at the cursor, so that the parser itself says where that is. In no text that people write. */
const MARK = '\uE000'

/** null where nothing can be said: in a comment, or in a text that passes a limit. */
export function placeAt(point: TextPoint, { tokeniser }: Pick<Language, 'tokeniser'> = {}): Place | null {
  const { text } = point
  const offset = offsetAt(point)
  if (text.includes(MARK)) return null
  // A key without its colon would run on into the line below: there the colon is added too.
  const read = readMarked(text, offset, MARK, tokeniser) ?? readMarked(text, offset, `${MARK}:`, tokeniser)
  if (read === null) return null
  const { found, marked, doc } = read
  const [before = '', after = ''] = found.text.split(MARK)
  const positions = createPositions(text)
  return {
    at: found.at,
    path: found.path,
    before,
    after,
    siblings: found.around.siblings.filter((key) => !key.includes(MARK)),
    hasValue: found.hasValue,
    flow: found.around.flow,
    fresh:
      found.around.flow || found.around.keyEnd === null || marked.slice(found.around.keyEnd, offset).includes('\n'),
    source: readable(marked, doc),
    offset,
    range: positions,
  }
}

function readMarked(text: string, offset: number, mark: string, tokeniser: Tokeniser | undefined) {
  const marked = text.slice(0, offset) + mark + text.slice(offset)
  const doc = composeLoosely(marked, tokeniser?.peek(marked))
  const found = doc && find(doc.contents, [], { siblings: [], flow: false, keyEnd: null })
  return doc === null || found === null || (found.at === 'key' && found.text.includes(' '))
    ? null
    : { found, marked, doc }
}

interface Around {
  readonly siblings: readonly string[]
  readonly flow: boolean
  /** Where the key in front of a value ends; null for an item of a list. */
  readonly keyEnd: number | null
}

interface Found {
  readonly at: 'key' | 'value'
  readonly path: SourcePath
  readonly text: string
  readonly hasValue: boolean
  readonly around: Around
}

function find(node: Node | null, path: SourcePath, around: Around): Found | null {
  if (isScalar(node)) {
    const text = textOf(node)
    return text.includes(MARK) ? { at: 'value', path, text, hasValue: true, around } : null
  }
  if (isSeq<Node>(node)) {
    const flow = around.flow || node.flow === true
    return first(node.items, (item, i) => find(item, [...path, i], { siblings: [], flow, keyEnd: null }))
  }
  if (!isMap<Scalar, Node | null>(node)) return null
  const siblings = node.items.map(({ key }) => textOf(key))
  const flow = around.flow || node.flow === true
  return first(node.items, ({ key, value }) => {
    const text = textOf(key)
    if (text.includes(MARK)) {
      return {
        at: 'key',
        path,
        text,
        hasValue: value !== null && value.range?.[0] !== value.range?.[1],
        around: { siblings, flow, keyEnd: null },
      }
    }
    return find(value, [...path, text], { siblings, flow, keyEnd: key.range?.[1] ?? null })
  })
}

function first<T, R>(items: readonly T[], read: (item: T, index: number) => R | null): R | null {
  for (const [i, item] of items.entries()) {
    const found = read(item, i)
    if (found !== null) return found
  }
  return null
}

function textOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value ?? ''))
}

/** What can be read of the text, for asking what its steps mean; problems are told elsewhere. */
function readable(marked: string, doc: Document.Parsed): SourceText {
  const value = toData(doc, () => undefined)?.value ?? null
  const clean: Json = JSON.parse(JSON.stringify(value).replaceAll(MARK, ''))
  return {
    text: marked,
    value: clean,
    broken: [],
    cure: () => undefined,
    ...createLocator(marked, doc, createPositions(marked)),
  }
}

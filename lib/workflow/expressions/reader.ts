import type jsep from 'jsep'
import { Jsep } from 'jsep'
import { type ErrorDetail, ExpressionError } from './errors.ts'
import type { RawNode } from './jsep-nodes.ts'
import { readString } from './string-literal.ts'
import { SPACE } from './white-space.ts'

/** Nesting of the parser itself. Wider than the limit of the language, which counts levels of the finished tree. */
const MAX_NESTING = 160

/** A name as in Python: letters of every script, digits and `_`. */
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy

/** Words that are no names. */
export const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for'])

const SPACES = new RegExp(`${SPACE}*`, 'y')

/** What was probably meant by a word where it cannot stand. */
const UNEXPECTED: ReadonlyMap<string, string> = new Map([
  ['for', 'A loop stands alone in the brackets of a function, and once: any(x > 1 for x in list).'],
  ['if', 'A choice is written as a if condition else b; conditions of a loop are joined by and.'],
  ['is', 'A test stands right behind its value: x is none.'],
])

/** The words, symbols and complaints that the grammar is made of. */
export class Reader extends Jsep {
  #nesting = 0

  override throwError(message: string): never {
    // What jsep itself still judges: how numbers are written.
    this.syntax(`${message}.`, this.index, 'Write a number as 12, 0.5 or 1e3, and text in quotes.')
  }

  override gobbleNumericLiteral(): jsep.Literal {
    const start = this.index
    const node = super.gobbleNumericLiteral()
    const { length } = node.raw
    if (/^0+[1-9][0-9]*$/.test(node.raw)) {
      this.syntax('A whole number does not begin with 0.', start, `Write ${node.value}, or '${node.raw}' for text.`, {
        length,
      })
    }
    return node
  }

  override gobbleIdentifier(): RawNode {
    const start = this.index
    const name = this.peekWord()
    // What jsep takes for the beginning of a name need not be one.
    if (name === '') this.unexpected()
    this.index += name.length
    return this.at({ type: 'Identifier', name }, start)
  }

  override gobbleStringLiteral(): RawNode {
    const start = this.index
    const { value, end } = readString(this.expr, start)
    this.index = end
    return this.at({ type: 'Literal', value, raw: this.expr.slice(start, end) }, start)
  }

  /** Reads something that may contain itself. */
  protected nested<T>(read: () => T): T {
    if (++this.#nesting > MAX_NESTING) {
      throw new ExpressionError('expression.too_deep', 'The expression is nested too deeply.', this.index, {
        hint: 'Split it into several, for instance with a set step.',
      })
    }
    const result = read()
    this.#nesting--
    return result
  }

  /** White space of every kind, also what is pasted from a page. */
  override gobbleSpaces(): void {
    this.match(SPACES)
  }

  /** Notes where a node stands, unless that is known: up to here, without the white space before here. */
  protected at(node: RawNode, start: number | undefined): RawNode {
    node.start ??= start ?? 0
    if (node.end === undefined) {
      let end = this.index
      while (/\s/.test(this.expr[end - 1] ?? '')) end--
      node.end = end
    }
    return node
  }

  protected text({ start = 0, end = 0 }: RawNode): string {
    return this.expr.slice(start, end)
  }

  protected peekWord(): string {
    WORD.lastIndex = this.index
    return WORD.exec(this.expr)?.[0] ?? ''
  }

  /** Whether the next word is this one; if so it is read. */
  protected word(word: string): boolean {
    this.gobbleSpaces()
    if (this.peekWord() !== word) return false
    this.index += word.length
    return true
  }

  protected symbol(symbol: string): boolean {
    this.gobbleSpaces()
    if (!this.expr.startsWith(symbol, this.index)) return false
    this.index += symbol.length
    return true
  }

  /** What a sticky pattern finds right here; it is read. */
  protected match(pattern: RegExp): string | null {
    pattern.lastIndex = this.index
    const found = pattern.exec(this.expr)?.[0] ?? null
    if (found !== null) this.index += found.length
    return found
  }

  /** A name that must follow. `words` begin the message where none does. */
  protected name(what: { readonly words: string; readonly example: string }): { name: string; start: number } {
    this.gobbleSpaces()
    const start = this.index
    const name = this.peekWord()
    if (name === '') this.syntax(`${what.words} needs a name.`, start, `Write ${what.example}.`)
    this.index += name.length
    return { name, start }
  }

  /** What stands here cannot stand here. */
  protected unexpected(): never {
    if (this.expr.trim() === '') {
      this.syntax('There is no expression.', 0, 'Write one, for instance score > 80.', { length: this.expr.length })
    }
    if (this.index >= this.expr.length) {
      this.syntax('A value is missing at the end.', this.index, 'Write it, or delete the operator before it.')
    }
    const word = this.peekWord()
    const token = word === '' ? String.fromCodePoint(this.expr.codePointAt(this.index) ?? 0) : word
    if (token === '=') {
      this.syntax('Nothing can be assigned here.', this.index, 'To compare, write ==.', {
        fix: { title: 'Write ==', offset: this.index, length: 1, text: '==' },
      })
    }
    const hint =
      UNEXPECTED.get(word) ??
      (word === '' ? 'Delete it.' : 'Put and, or, == or another operator before it, or quotes around text.')
    this.syntax(`${token} is not expected here.`, this.index, hint, { length: token.length })
  }

  protected unclosed(bracket: string, offset: number): never {
    this.syntax(`This ${bracket} is not closed.`, offset, `Write ${bracket === '(' ? ')' : ']'} where it ends.`)
  }

  protected refuse(message: string, offset: number, length: number, hint: string): never {
    throw new ExpressionError('expression.not_allowed', message, offset, { length, hint })
  }

  /** `hint` says what to do about it. */
  protected syntax(message: string, offset: number, hint: string, detail: Omit<ErrorDetail, 'hint'> = {}): never {
    throw new ExpressionError('expression.syntax', message, offset, { ...detail, hint })
  }
}

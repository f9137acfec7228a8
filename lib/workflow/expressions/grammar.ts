import { ExpressionError } from './errors.ts'
import type { RawGenerator, RawNode } from './jsep-nodes.ts'
import { RESERVED, Reader } from './reader.ts'
import { TESTS } from './tests.ts'

const COMPARISON = /===|!==|==|!=|<=|>=|<(?!<)|>(?!>)/y
const FILTER = { words: 'A filter', example: 'for instance x | lower' }
const TEST = { words: 'A test', example: 'for instance x is none' }
const LOOP = { words: 'A loop variable', example: 'for instance any(x > 1 for x in list)' }

const CLOSING_PAREN = ')'.charCodeAt(0)

/** Reads a whole source into raw nodes. Throws `ExpressionError` with the position of the trouble. */
export function readSource(source: string): RawNode {
  return new Grammar(source).readAll()
}

/** Reads the header of a loop, `a, b in list if condition`. */
export function readLoopHeader(source: string): RawGenerator {
  return new Grammar(source).readLoop()
}

/**
 * jsep reads the tokens, member chains and calls; the levels above it, where Python differs from JavaScript (`not` below
 * comparisons, `in`, inline `if`, generators) or Jinja adds to it (filters, tests), are read here. A subclass, because
 * jsep's own configuration is shared by everything in the process that uses it.
 */
class Grammar extends Reader {
  readAll(): RawNode {
    const node = this.gobbleExpression()
    this.gobbleSpaces()
    if (this.index < this.expr.length) this.unexpected()
    return node
  }

  readLoop(): RawGenerator {
    const element: RawNode = { type: 'Literal', value: null, raw: 'null', start: 0, end: 0 }
    const loop = this.#generator(element)
    this.gobbleSpaces()
    if (this.index < this.expr.length) this.unexpected()
    return loop
  }

  /** `b if a else c` and `a ? b : c`, the weakest of all. */
  override gobbleExpression(): RawNode {
    return this.nested(() => {
      const first = this.#or()
      this.gobbleSpaces()
      if (this.char === '?') return this.#ternary(first)
      if (!this.word('if')) return first
      const test = this.#or()
      if (!this.word('else')) {
        this.syntax('An inline if needs an else.', this.index, "Write x if condition else ''.")
      }
      const alternate = this.gobbleExpression()
      return this.at({ type: 'ConditionalExpression', test, consequent: first, alternate }, first.start)
    })
  }

  #ternary(test: RawNode): RawNode {
    if (this.expr.startsWith('??', this.index)) {
      this.syntax('There is no operator ??.', this.index, 'Write default(x, y).', { length: 2 })
    }
    this.index++
    const consequent = this.gobbleExpression()
    this.gobbleSpaces()
    if (this.char !== ':') {
      this.syntax('A condition with ? needs a : and a second value.', this.index, 'Write condition ? a : b.')
    }
    this.index++
    const alternate = this.gobbleExpression()
    return this.at({ type: 'ConditionalExpression', test, consequent, alternate }, test.start)
  }

  #or(): RawNode {
    return this.#chain(
      () => this.#and(),
      () => (this.word('or') || this.symbol('||') ? 'or' : null),
    )
  }

  #and(): RawNode {
    return this.#chain(
      () => this.#not(),
      () => (this.word('and') || this.symbol('&&') ? 'and' : null),
    )
  }

  #not(): RawNode {
    this.gobbleSpaces()
    const start = this.index
    if (!this.word('not')) return this.#comparison()
    const argument = this.nested(() => this.#not())
    return this.at({ type: 'NotExpression', argument }, start)
  }

  #comparison(): RawNode {
    const left = this.#additive()
    const operator = this.#comparisonOperator()
    if (operator === null) return left
    const middle = this.#additive()
    const node = this.at({ type: 'BinaryExpression', operator, left, right: middle }, left.start)
    const second = this.#comparisonOperator()
    return second === null ? node : this.#chained(node, middle, second)
  }

  /** Python reads `1 < x < 3` as two comparisons, JavaScript as a comparison of a truth value: neither is meant often enough. */
  #chained(first: RawNode, middle: RawNode, operator: string): never {
    const right = this.#additive()
    const { start = 0 } = first
    const end = right.end ?? this.index
    const text = `${this.text(first)} and ${this.text(middle)} ${operator} ${this.text(right)}`
    throw new ExpressionError('expression.chained_comparison', 'Comparisons cannot be chained.', start, {
      length: end - start,
      hint: `Write ${text}.`,
      fix: { title: 'Compare twice', offset: start, length: end - start, text },
    })
  }

  #comparisonOperator(): string | null {
    this.gobbleSpaces()
    if (this.word('in')) return 'in'
    const start = this.index
    if (this.word('not')) {
      if (this.word('in')) return 'not in'
      this.index = start
      return null
    }
    const symbol = this.match(COMPARISON)
    if (symbol === '===' || symbol === '!==') {
      const text = symbol.slice(0, 2)
      this.syntax(`There is no operator ${symbol}.`, this.index - 3, `Write ${text}.`, {
        length: 3,
        fix: { title: `Write ${text}`, offset: this.index - 3, length: 3, text },
      })
    }
    return symbol
  }

  #additive(): RawNode {
    return this.#chain(
      () => this.#multiplicative(),
      () => this.match(/[+-]/y),
    )
  }

  #multiplicative(): RawNode {
    return this.#chain(
      () => this.#operand(),
      () => {
        for (const [symbol, hint] of [
          ['//', 'Write floor(a / b).'],
          ['**', 'Multiply instead.'],
        ] as const) {
          if (this.expr.startsWith(symbol, this.index)) {
            this.syntax(`There is no operator ${symbol}.`, this.index, hint, { length: 2 })
          }
        }
        return this.match(/[*/%]/y)
      },
    )
  }

  /** Left-associative operators of one level. */
  #chain(operand: () => RawNode, operator: () => string | null): RawNode {
    let left = operand()
    for (;;) {
      this.gobbleSpaces()
      const found = operator()
      if (found === null) return left
      left = this.at({ type: 'BinaryExpression', operator: found, left, right: operand() }, left.start)
    }
  }

  /** A value with its filters and tests: in Jinja they bind tighter than every operator but the sign. */
  #operand(): RawNode {
    let node = this.gobbleToken()
    for (;;) {
      this.gobbleSpaces()
      if (this.char === '|' && this.expr[this.index + 1] !== '|') {
        this.index++
        const { name, start } = this.name(FILTER)
        const args = this.#optionalArguments()
        node = this.at({ type: 'FilterExpression', name, nameStart: start, object: node, arguments: args }, node.start)
      } else if (this.word('is')) {
        const negated = this.word('not')
        const { name, start } = this.name(TEST)
        const args = this.#testArguments(name)
        node = this.at(
          { type: 'TestExpression', name, nameStart: start, negated, object: node, arguments: args },
          node.start,
        )
      } else {
        return node
      }
    }
  }

  #optionalArguments(): RawNode[] {
    this.gobbleSpaces()
    if (this.char !== '(') return []
    this.index++
    return this.gobbleArguments(CLOSING_PAREN)
  }

  /** As in Jinja, the one argument of a test may stand without brackets: `x is divisibleby 3`. */
  #testArguments(name: string): RawNode[] {
    this.gobbleSpaces()
    const word = this.peekWord()
    const follows = word === '' ? /[\d'"[]/.test(this.char) : !RESERVED.has(word)
    return follows && TESTS.get(name)?.max ? [this.gobbleToken()] : this.#optionalArguments()
  }

  /** jsep reads the token with what follows it (`.x`, `[x]`, `(x)`); here it learns where it stands. */
  override gobbleToken(): RawNode {
    return this.nested(() => {
      this.gobbleSpaces()
      const start = this.index
      const word = this.peekWord()
      if (RESERVED.has(word)) {
        const hint = word === 'not' ? 'Put it in brackets: (not x).' : `Write it, or delete ${word}.`
        this.syntax(`A value is missing before ${word}.`, start, hint, { length: word.length })
      }
      const node = super.gobbleToken()
      if (node === false) this.unexpected()
      return this.at(node as RawNode, start)
    })
  }

  /** One expression in brackets: neither a list without brackets nor nothing at all. */
  override gobbleGroup(): RawNode {
    const start = this.index
    this.index++
    const node = this.gobbleExpression()
    this.gobbleSpaces()
    if (this.char === ',') this.syntax('A list is written in square brackets.', this.index, 'Write [a, b].')
    if (this.char !== ')') this.unclosed('(', start)
    this.index++
    // A copy, so that the brackets count to the node's place without changing the node they enclose.
    return { ...node, start, end: this.index }
  }

  /** Reads up to the closing bracket; the opening one is behind. A generator stands alone. */
  override gobbleArguments(termination: number): RawNode[] {
    const start = this.index - 1
    const closing = String.fromCharCode(termination)
    const args: RawNode[] = []
    for (;;) {
      this.gobbleSpaces()
      if (this.char === closing) break
      if (this.index >= this.expr.length) this.unclosed(closing === ')' ? '(' : '[', start)
      if (this.expr.startsWith('...', this.index)) {
        this.refuse('Values cannot be spread.', this.index, 3, 'Give the list itself.')
      }
      const node = this.gobbleExpression()
      args.push(closing === ')' && args.length === 0 && this.word('for') ? this.#generator(node) : node)
      this.gobbleSpaces()
      if (this.char === ',') this.index++
      else if (this.char === '=') {
        this.syntax('Arguments have no names here.', this.index, 'Give them in their order, or write == to compare.')
      } else if (this.char !== closing) {
        if (this.index >= this.expr.length) this.unclosed(closing === ')' ? '(' : '[', start)
        this.unexpected()
      }
    }
    this.index++
    return args
  }

  #generator(element: RawNode): RawGenerator {
    const start = this.index
    const bracketed = this.symbol('(')
    const targets: RawGenerator['targets'] = [this.name(LOOP)]
    this.gobbleSpaces()
    while (this.char === ',') {
      this.index++
      targets.push(this.name(LOOP))
      this.gobbleSpaces()
    }
    const { length } = this.peekWord()
    if (bracketed && !this.symbol(')')) this.unclosed('(', start)
    if (!this.word('in')) this.syntax('The word in is missing.', this.index, `Write ${LOOP.example}.`, { length })
    const iterable = this.#or()
    const condition = this.word('if') ? this.#or() : undefined
    const loop: RawGenerator = {
      type: 'GeneratorExpression',
      element,
      targets,
      iterable,
      ...(condition && { condition }),
    }
    this.at(loop, element.start)
    return loop
  }
}

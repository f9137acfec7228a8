import type { Json } from '../../../json.ts'
import type { Random } from '../../../mock-ai/random.ts'
import { texts } from './texts.ts'

/** An expression as it is written here and in Python. Both are the same text, but for what only JavaScript has. */
export interface Sketch {
  readonly ours: string
  readonly python: string
}

/** What sketches read. Fractions are sums of powers of two where they are added up: newer Pythons add others more exactly. */
export const DATA = {
  x: 5,
  y: -3,
  zero: 0,
  half: 2.5,
  tenth: 0.1,
  last: 2 ** 53 - 1,
  least: -(2 ** 53 - 1),
  yes: true,
  no: false,
  nothing: null,
  name: 'Sarah',
  text: 'Zü🚀',
  rocket: '🚀',
  private_use: '\uffff',
  blank: '',
  numbers: [3, -20, 7, 0],
  fractions: [0.5, -2.25, 4],
  words: ['b', 'A', 'c', 'Zü🚀', ''],
  flags: [true, false],
  empty: [],
  nulls: [null, null],
  mixed: [1, 'a', null, [2], true],
  pairs: [
    [1, 2],
    [4, 3],
  ],
  table: [[1, 2, 3], [], [-7]],
  user: { name: 'Ana', age: 33, inner: { tags: ['x', 'y'], n: 0 } },
  orders: [
    { open: true, n: 2, tags: ['new'] },
    { open: false, n: -5, tags: [] },
  ],
  nobody: {},
} satisfies Json

const NAMES = texts(Object.keys(DATA).join('\n'))
const NUMBERS = texts(`
  0 ;; 1 ;; 2 ;; 3 ;; 7 ;; 10 ;; -1 ;; -3 ;; -7 ;; 2.5 ;; -2.5 ;; 0.1 ;; 0.2 ;; .5 ;; 4. ;; 1e3 ;; 1e-3 ;; 0.0
`)
const LARGE = texts(`
  9007199254740991 ;; -9007199254740991 ;; 9007199254740990 ;; 9007199254740992 ;; 4503599627370496 ;; 1e16 ;; last ;; least
`)
const TEXTS = texts(String.raw`
  'a' ;; "b" ;; '' ;; 'A' ;; 'ab' ;; "it's" ;; 'Zü🚀' ;; '🚀' ;; '\uffff' ;; '\U0001F680' ;; '\x41\n\t\\'
  'name' ;; 'n' ;; 'ü' ;; 'Sarah' ;; '10' ;; 'é' ;; 'e\u0301'
`)
const PATHS = texts(`
  user.name ;; user.age ;; user.inner.n ;; user.inner.tags ;; user['name'] ;; user["inner"]["tags"][0]
  numbers[0] ;; numbers[-1] ;; numbers[3] ;; numbers[4] ;; text[2] ;; text[-3] ;; text[3] ;; words[3][1] ;; blank[0]
  orders[1].n ;; orders[0].tags[0] ;; runtime.x ;; runtime.user.age ;; runtime['words'] ;; table[0][1] ;; table[1][0]
  user.nope ;; nope ;; nothing.x ;; x.y ;; numbers[0.5] ;; numbers[x] ;; numbers['a'] ;; user[0] ;; runtime.nope
`)
const LISTS = texts(`
  numbers ;; fractions ;; words ;; flags ;; empty ;; nulls ;; mixed ;; table ;; pairs ;; orders ;; user.inner.tags
  [1, 2, 3] ;; [] ;; ['a', 'b'] ;; [0, 0.5] ;; user ;; text ;; name ;; nobody ;; orders[0] ;; x ;; nothing
`)
const SUMS = texts('numbers ;; fractions ;; [1, 2] ;; flags ;; words ;; empty ;; range(5) ;; [last, 1]')
const CONSTANTS: readonly [Sketch, ...Sketch[]] = [
  same('True'),
  same('False'),
  same('None'),
  { ours: 'true', python: 'True' },
  { ours: 'false', python: 'False' },
  { ours: 'null', python: 'None' },
]
const VARIABLES: [string, ...string[]] = ['a', 'b', 'x', 'item_1']

function same(text: string): Sketch {
  return { ours: text, python: text }
}

/** Puts pieces together; a text stands as it is in both. */
function write(parts: TemplateStringsArray, ...pieces: readonly (Sketch | string)[]): Sketch {
  const side = (of: keyof Sketch) =>
    parts.reduce((sum, part, i) => {
      const piece = pieces[i - 1] ?? ''
      return sum + (typeof piece === 'string' ? piece : piece[of]) + part
    })
  return { ours: side('ours'), python: side('python') }
}

/** Draws expressions: every operator, form and function that the language shares with Python, and what both refuse. */
class Sketcher {
  readonly #random: Random
  #variables: readonly string[] = []

  constructor(random: Random) {
    this.#random = random
  }

  /** One expression; a level is one of its rules within another. */
  draw(levels = this.#random.int(1, 5)): Sketch {
    if (levels === 0) return this.#leaf()
    const rules = [
      () => this.#leaf(),
      () => this.#compare(levels),
      () => this.#compare(levels),
      () => this.#arithmetic(levels),
      () => this.#arithmetic(levels),
      () => this.#logical(levels),
      () => this.#not(levels),
      () => this.#conditional(levels),
      () => this.#call(levels),
      () => this.#loop(levels),
      () => this.#loop(levels),
      () => write`[${this.draw(levels - 1)}, ${this.draw(0)}]`,
      () => write`${this.#inBrackets(levels - 1)}[${this.draw(0)}]`,
      () => write`(${this.#inBrackets(levels - 1)} is ${this.#pick('None', 'not None')})`,
    ] as const
    return this.#random.pick(rules)()
  }

  #pick<T>(...items: readonly [T, ...T[]]): T {
    return this.#random.pick(items)
  }

  #leaf(): Sketch {
    const [variable] = this.#variables
    if (variable !== undefined && this.#random.next() < 0.6) return same(this.#pick(variable, ...this.#variables))
    if (this.#random.next() < 0.15) return this.#pick(...CONSTANTS)
    if (this.#random.next() < 0.02) return same(this.#pick(...LARGE))
    return same(this.#random.pick(this.#pick(NAMES, NUMBERS, NUMBERS, TEXTS, PATHS)))
  }

  /** Mostly as it is, so that both languages say what binds stronger; in brackets where only one has the form. */
  #operand(levels: number): Sketch {
    const drawn = this.draw(levels)
    const bare = drawn.ours === drawn.python && this.#random.next() < 0.7
    return bare ? drawn : write`(${drawn})`
  }

  #inBrackets(levels: number): Sketch {
    return write`(${this.draw(levels)})`
  }

  /** A number where a number belongs, most of the time: otherwise nearly every expression would be an error. */
  #number(levels: number): Sketch {
    if (this.#random.next() < 0.3) return this.#operand(levels - 1)
    if (levels > 1 && this.#random.next() < 0.4) return write`(${this.#arithmetic(levels - 1)})`
    if (this.#random.next() < 0.06) return same(this.#pick(...LARGE))
    return same(this.#pick('x', 'y', 'half', 'tenth', 'user.age', 'numbers[1]', 'len(words)', ...NUMBERS))
  }

  #arithmetic(levels: number): Sketch {
    const sign = this.#pick('', '', '', '-', '+', '--')
    const operator = this.#pick('+', '-', '*', '/', '%', '%', ' + ', ' - ', ' * ', ' / ', ' % ')
    return write`${sign}${this.#number(levels)}${operator}${this.#number(levels)}`
  }

  #compare(levels: number): Sketch {
    const kind = this.#random.next()
    const side = () => (this.#random.next() < 0.85 ? this.#inBrackets(levels - 1) : this.#operand(levels - 1))
    const order = this.#pick('<', '<=', '>', '>=', '==', '!=')
    if (kind < 0.35) return write`${this.#number(levels)} ${order} ${this.#number(levels)}`
    if (kind < 0.5) return write`${this.#text()} ${order} ${this.#text()}`
    if (kind < 0.7) return write`${side()} ${order} ${side()}`
    const membership = this.#pick('in', 'in', 'not in')
    if (kind < 0.85) return write`${this.#text()} ${membership} ${this.#pick(...LISTS, ...TEXTS)}`
    return write`${side()} ${membership} ${this.#pick(...LISTS)}`
  }

  #text(): Sketch {
    return same(this.#pick('name', 'text', 'rocket', 'private_use', 'blank', 'user.name', 'words[1]', ...TEXTS))
  }

  #logical(levels: number): Sketch {
    const [left, right] = [this.#operand(levels - 1), this.#operand(levels - 1)]
    const operator = this.#pick('and', 'or')
    if (this.#random.next() < 0.7) return write`${left} ${operator} ${right}`
    const symbol = { ours: operator === 'and' ? '&&' : '||', python: operator }
    return write`(${left}) ${symbol} (${right})`
  }

  #not(levels: number): Sketch {
    if (this.#random.next() < 0.7) return write`not ${this.#operand(levels - 1)}`
    // Binds stronger than in Python, as the brackets there say.
    const { ours, python } = this.#inBrackets(levels - 1)
    return { ours: `!${ours}`, python: `(not ${python})` }
  }

  #conditional(levels: number): Sketch {
    const [yes, test, no] = [this.#operand(levels - 1), this.#operand(levels - 1), this.#operand(levels - 1)]
    if (this.#random.next() < 0.6) return write`${yes} if ${test} else ${no}`
    // What follows the colon goes on to the end, so a second choice needs no brackets.
    const last = levels > 1 && this.#random.next() < 0.3 ? this.#conditional(levels - 1) : write`(${no})`
    return {
      ours: `(${test.ours}) ? (${yes.ours}) : ${last.ours}`,
      python: `((${yes.python}) if (${test.python}) else (${last.python}))`,
    }
  }

  #call(levels: number): Sketch {
    const any = () => this.draw(levels - 1)
    const list = () => (this.#random.next() < 0.7 ? same(this.#pick(...LISTS)) : any())
    return this.#random.pick([
      () => write`len(${list()})`,
      () => write`${this.#pick('any', 'all')}(${list()})`,
      () => write`sum(${this.#pick(...SUMS)})`,
      () => write`${this.#pick('min', 'max')}(${list()})`,
      () => write`${this.#pick('min', 'max')}(${this.#number(levels)}, ${this.#number(levels)}, ${any()})`,
      () => write`${this.#pick('abs', 'floor', 'ceil', 'round')}(${this.#number(levels)})`,
      () => write`round(${this.#number(levels)}, ${this.#pick('0', '1', '2', '3')})`,
      () => write`contains(${list()}, ${this.#text()})`,
      () => write`${this.#pick('starts_with', 'ends_with')}(${this.#text()}, ${this.#text()})`,
    ])()
  }

  /** A generator, in one of the functions that take one in both languages; loops stand within loops. */
  #loop(levels: number): Sketch {
    const over = this.#random.next()
    const iterable =
      over < 0.8 ? same(this.#pick('range(4)', 'range(1, 9, 3)', ...LISTS)) : this.#inBrackets(levels - 1)
    const outer = this.#variables
    const targets = over < 0.1 ? ['a', 'b'] : [this.#pick(...VARIABLES)]
    const source = over < 0.1 ? this.#pick('pairs', 'table') : iterable
    this.#variables = [...targets, ...outer]
    const element = this.#random.next() < 0.2 ? this.#conditional(levels) : this.draw(levels - 1)
    const condition = this.#random.next() < 0.4 ? write` if ${this.#inBrackets(levels - 1)}` : ''
    this.#variables = outer
    const name = this.#pick('any', 'all', 'any', 'all', 'sum', 'min', 'max')
    // Sums of any fractions differ between versions of Python: those here are of whole numbers.
    const summed = name === 'sum' ? write`floor(${element})` : element
    return write`${name}(${summed} for ${targets.join(', ')} in ${source}${condition})`
  }
}

/** So many different ones. */
export function sketches(random: Random, count: number): readonly Sketch[] {
  const sketcher = new Sketcher(random)
  const drawn = new Map<string, Sketch>()
  while (drawn.size < count) {
    const sketch = sketcher.draw()
    drawn.set(sketch.ours, sketch)
  }
  return [...drawn.values()]
}

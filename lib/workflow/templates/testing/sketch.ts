import type { Random } from '../../../mock-ai/random.ts'
import { ABSENT, LISTS, NAMES, NUMBERS, OBJECTS, STRINGS, TEXTS, WORDS } from './sketch-parts.ts'

/** Draws templates over all that the language shares with Jinja, and what both refuse. Most of them render. */
export class Sketcher {
  readonly #random: Random
  /** Names that are set or looped over here, and so probably there. */
  #locals: string[] = []
  #loops = 0

  constructor(random: Random) {
    this.#random = random
  }

  draw(): string {
    this.#locals = []
    this.#loops = 0
    const template = this.#body(this.#random.int(1, 3), this.#random.int(1, 4))
    return this.#chance(0.06) ? this.#damaged(template) : template
  }

  #chance(share: number): boolean {
    return this.#random.next() < share
  }

  #pick<T>(...items: readonly [T, ...T[]]): T {
    return this.#random.pick(items)
  }

  #body(levels: number, pieces = this.#random.int(1, 3)): string {
    return Array.from({ length: pieces }, () => this.#piece(levels)).join('')
  }

  #piece(levels: number): string {
    const rules = [
      () => this.#pick(...TEXTS),
      () => this.#pick(...TEXTS),
      () => this.#output(),
      () => this.#output(),
      () => this.#set(),
      () => this.#aside(),
      ...(levels > 0 ? [() => this.#if(levels), () => this.#for(levels), () => this.#for(levels)] : []),
    ] as const
    return this.#random.pick(rules as unknown as readonly [() => string])()
  }

  #mark(): string {
    return this.#chance(0.75) ? '' : this.#pick('-', '-', '-', '+')
  }

  #space(): string {
    return this.#chance(0.85) ? ' ' : this.#pick('', '\n', '  ', '\t')
  }

  #tag(content: string): string {
    const [before, after] = [this.#space(), this.#space()]
    return `{%${this.#mark()}${before}${content}${after}${this.#mark()}%}`
  }

  #output(): string {
    return `{{${this.#pick('', '', '', '-')} ${this.#value(this.#random.int(0, 2))} ${this.#pick('', '', '', '-')}}}`
  }

  #aside(): string {
    const inner = this.#pick('', ' c ', '{{ x }}', '\n', '{% if %}', ' - ', '{{', '🚀', "'")
    if (this.#chance(0.5)) return `{#${this.#mark()}${inner}${this.#mark()}#}`
    return `{%${this.#mark()} raw ${this.#pick('', '', '-')}%}${inner}${this.#pick(' ', '\n', '', '{# c #}')}${this.#tag('endraw')}`
  }

  #set(): string {
    const name = this.#pick(...WORDS)
    const tag = this.#tag(`set ${name}${this.#pick(' = ', '=', ' =')}${this.#value(1)}`)
    this.#locals.push(name)
    return tag
  }

  #if(levels: number): string {
    const others = Array.from({ length: this.#random.int(0, 2) }, () => {
      return this.#tag(`elif ${this.#test(1)}`) + this.#body(levels - 1)
    })
    const last = this.#chance(0.5) ? this.#tag('else') + this.#body(levels - 1) : ''
    return this.#tag(`if ${this.#test(1)}`) + this.#body(levels - 1) + others.join('') + last + this.#tag('endif')
  }

  #for(levels: number): string {
    const [targets, iterable] = this.#header()
    const outer = [...this.#locals]
    this.#locals.push(...targets, ...targets)
    // Which of the elements is bound before the condition is asked about another shows only in which error comes first.
    const condition = iterable !== 'nested' && this.#chance(0.2) ? ` if ${this.#test(0)}` : ''
    this.#loops++
    const body = this.#body(levels - 1)
    this.#loops--
    this.#locals = this.#chance(0.9) ? outer : this.#locals
    const last = this.#chance(0.25) ? this.#tag('else') + this.#body(levels - 1) : ''
    return this.#tag(`for ${targets.join(', ')} in ${iterable}${condition}`) + body + last + this.#tag('endfor')
  }

  #header(): readonly [readonly string[], string] {
    if (this.#chance(0.2))
      return [['k', 'v'], this.#pick('user | items', 'pairs', 'empty_obj | items', 'mixed[5]|items', 'nested')]
    if (this.#chance(0.1)) return [['o'], 'orders']
    const iterable = this.#pick(
      this.#pick(...LISTS),
      this.#pick(...LISTS),
      this.#pick(...STRINGS),
      this.#pick(...OBJECTS),
      this.#list(1),
    )
    return [[this.#pick('t', 'x', 'n', 'é', 'topic')], iterable]
  }

  #value(levels: number): string {
    if (levels === 0) return this.#leaf()
    const rules = [
      () => this.#leaf(),
      () => this.#text(levels),
      () => this.#text(levels),
      () => this.#number(levels),
      () => this.#list(levels),
      () => this.#test(levels),
      () => `${this.#operand(levels)} if ${this.#test(levels - 1)} else ${this.#operand(levels)}`,
      () =>
        `${this.#pick(this.#leaf(), ...ABSENT)} | ${this.#pick('default', 'd')}(${this.#operand(levels)}${this.#pick('', '', ', true')})`,
      () =>
        `${this.#pick(this.#leaf(), ...OBJECTS)} | ${this.#pick('tojson', 'string', 'length', 'count', 'string | length')}`,
      () => `${this.#operand(levels)} ${this.#pick('and', 'or')} ${this.#operand(levels)}`,
    ] as const
    return this.#random.pick(rules)()
  }

  #leaf(): string {
    const kind = this.#random.next()
    const [local, ...more] = this.#locals
    if (local !== undefined && kind < 0.45) return this.#pick(local, ...more)
    if (this.#loops > 0 && kind < 0.6) {
      return `loop.${this.#pick('index', 'index', 'index0', 'first', 'last', 'length', 'revindex', 'revindex0')}`
    }
    if (kind < 0.63) return this.#pick('true', 'false', 'none', 'True', 'None')
    if (kind < 0.655) return this.#pick(...ABSENT)
    return this.#pick(
      this.#pick(...NAMES),
      this.#pick(...NUMBERS),
      this.#pick(...STRINGS),
      this.#pick(...LISTS),
      this.#pick(...OBJECTS),
    )
  }

  #operand(levels: number): string {
    return this.#chance(0.5) ? this.#leaf() : `(${this.#value(levels - 1)})`
  }

  #text(levels: number): string {
    const inner = levels > 1 && this.#chance(0.5) ? this.#text(levels - 1) : this.#pick(...STRINGS)
    const filters = [
      'lower',
      'upper',
      'trim',
      'capitalize',
      "replace('a', '🚀')",
      "replace('', '-')",
      "replace(' ', '')",
      'reverse',
      'first',
      'last',
      'length',
      'int(5)',
      'float(0.5)',
      'string',
    ] as const
    if (this.#chance(0.3))
      return `${this.#list(levels - 1)} | join${this.#pick('', "(', ')", '("")', "('🚀')", '(name)')}`
    return `${inner}${this.#pick(' | ', '|')}${this.#pick(...filters)}`
  }

  #number(levels: number): string {
    const side = () => (levels > 1 && this.#chance(0.3) ? `(${this.#number(levels - 1)})` : this.#pick(...NUMBERS))
    if (this.#chance(0.3)) return `${side()} | ${this.#pick('abs', 'round', 'round(1)', 'round(2)', 'int', 'float')}`
    if (this.#chance(0.3))
      return `${this.#list(levels - 1)} | ${this.#pick('sum', 'length', 'count', 'min', 'max', 'first', 'last')}`
    return `${this.#pick('', '', '-', '+')}${side()} ${this.#pick('+', '-', '*', '/', '%')} ${side()}`
  }

  #list(levels: number): string {
    const own = this.#chance(0.15) ? `[${this.#leaf()}, ${this.#leaf()}]` : this.#pick(...LISTS)
    if (levels <= 0 || this.#chance(0.4)) return own
    return `${own} | ${this.#pick('sort', 'sort(true)', 'unique | sort', 'reverse', 'unique', 'sort | reverse', 'reverse | sort')}`
  }

  #test(levels: number): string {
    const number = () => this.#pick(...NUMBERS)
    const rules = [
      () => this.#leaf(),
      () => `${number()} ${this.#pick('==', '!=', '<', '<=', '>', '>=')} ${number()}`,
      () => `${this.#pick(...STRINGS)} ${this.#pick('==', '!=', '<', '>', 'in', 'not in')} ${this.#pick(...STRINGS)}`,
      () => `${this.#leaf()} ${this.#pick('==', '!=', 'in', 'not in')} ${this.#pick(this.#leaf(), ...LISTS)}`,
      () =>
        `${this.#pick(this.#leaf(), ...ABSENT)} is ${this.#pick('', 'not ')}${this.#pick('defined', 'undefined', 'none')}`,
      () =>
        `${this.#leaf()} is ${this.#pick('', 'not ')}${this.#pick('string', 'number', 'sequence', 'mapping', 'boolean', 'true', 'false', 'integer')}`,
      () =>
        `${number()} is ${this.#pick('', 'not ')}${this.#pick('odd', 'even', 'divisibleby(2)', 'divisibleby 3', 'divisibleby(0)')}`,
      ...(levels > 0
        ? [
            () => `not ${this.#test(levels - 1)}`,
            () => `${this.#test(levels - 1)} ${this.#pick('and', 'or')} ${this.#test(levels - 1)}`,
          ]
        : []),
    ] as const
    return this.#random.pick(rules)()
  }

  /** One character or delimiter less, twice or elsewhere: mostly an error in both. */
  #damaged(template: string): string {
    const at = this.#random.int(0, template.length)
    const change = this.#pick(
      '',
      '{',
      '}',
      '%',
      '%}',
      '{{',
      '-',
      "'",
      '~',
      'endif',
      ' end',
      '{% endif %}',
      '{% endfor %}',
      '{% else %}',
    )
    return template.slice(0, at) + change + template.slice(at + this.#random.int(0, 2))
  }
}

export function sketches(random: Random, count: number): string[] {
  const sketcher = new Sketcher(random)
  return Array.from({ length: count }, () => sketcher.draw()).map((template) => template.toWellFormed())
}

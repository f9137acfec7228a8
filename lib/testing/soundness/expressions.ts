import type { Chance } from './chance.ts'
import type { Kind, Readable } from './readable.ts'

/** Random expressions and templates: mostly what an author would mean, now and then a slip. */
export class Expressions {
  readonly #chance: Chance
  readonly #readable: readonly Readable[]
  readonly #slips: number

  constructor(chance: Chance, readable: readonly Readable[], slips: number) {
    this.#chance = chance
    this.#readable = readable
    this.#slips = slips
  }

  of(kind: Kind, depth = 0): string {
    if (this.#chance.holds(this.#slips)) return this.#slip()
    const wanted = kind === 'any' ? this.#chance.pick<Kind>(['number', 'text', 'boolean', 'list', 'object']) : kind
    if (depth > 2 || this.#chance.holds(0.35)) return this.#read(wanted) ?? LITERALS[wanted]
    switch (wanted) {
      case 'number':
        return this.#number(depth + 1)
      case 'text':
        return this.#text(depth + 1)
      case 'boolean':
        return this.#boolean(depth + 1)
      case 'list':
        return this.#list(depth + 1)
      default:
        return this.#read('object') ?? this.of('text', depth + 1)
    }
  }

  condition(): string {
    return this.of('boolean')
  }

  /** A value by expression, template, or template that is one expression. */
  value(): string {
    const form = this.#chance.below(4)
    if (form === 0) return this.template()
    return form === 1 ? `{{ ${this.of('any')} }}` : this.of('any')
  }

  template(): string {
    const c = this.#chance
    const parts = c.times(1, 3, () =>
      c.pick<() => string>([
        () => `{{ ${this.of('any')} }}`,
        () => `{{ ${this.of('text')} | upper }}`,
        () => {
          const guarded = this.#pick(({ unsure }) => unsure)
          if (!guarded) return 'plain '
          const inner =
            guarded.kind === 'number'
              ? `${guarded.path} + 1`
              : guarded.kind === 'text'
                ? `upper(${guarded.path})`
                : guarded.path
          return `{% if default(${guarded.path}, false) %}{{ ${inner} }}{% elif ${this.of('boolean', 1)} %}-{% else %}none{% endif %}`
        },
        () => {
          const list = this.#read('list') ?? "['a', 'b']"
          return `{% for one in ${list} %}{{ loop.index + 1 }}{{ one }}{% else %}-{% endfor %}`
        },
        () => `{% set it = ${this.of('number', 1)} %}{{ it * 2 }}`,
        () =>
          `{% if ${this.of('boolean', 1)} %}{% set two = 1 %}{% else %}{% set two = ${this.of('number', 1)} %}{% endif %}{{ two }}`,
        () => 'plain ',
      ])(),
    )
    return parts.join(' ')
  }

  #number(depth: number): string {
    const c = this.#chance
    const number = () => this.of('number', depth)
    return c.pick<() => string>([
      () => `${number()} ${c.pick(['+', '-', '*'])} (${number()})`,
      () => `len(${this.of(c.pick<Kind>(['text', 'list', 'object']), depth)})`,
      () => `round(${number()}, 1)`,
      () => `max(${number()}, ${number()})`,
      () => `(${number()} if ${this.of('boolean', depth)} else ${number()})`,
      () => `int(${this.of('text', depth)}, 0)`,
      () => `sum(1 for x in ${this.of('list', depth)})`,
      () => `-(${number()})`,
      () => this.#guarded('number', (path) => `${path} + 1`, '0'),
    ])()
  }

  #text(depth: number): string {
    const c = this.#chance
    const text = () => this.of('text', depth)
    return c.pick<() => string>([
      () => `${c.pick(['upper', 'lower', 'trim', 'capitalize'])}(${text()})`,
      () => `string(${this.of('any', depth)})`,
      () => `join(${this.of('list', depth)}, ', ')`,
      () => `tojson(${this.of('any', depth)})`,
      () => `replace(${text()}, 'a', ${text()})`,
      () => `(${text()} if ${this.of('boolean', depth)} else ${text()})`,
      () => `(${text()} or 'none')`,
      () => this.#guarded('text', (path) => `upper(${path})`, "''"),
    ])()
  }

  #boolean(depth: number): string {
    const c = this.#chance
    const boolean = () => this.of('boolean', depth)
    return c.pick<() => string>([
      () => `${this.of('number', depth)} ${c.pick(['<', '<=', '>', '>=', '==', '!='])} ${this.of('number', depth)}`,
      () => `${this.of('text', depth)} ${c.pick(['<', '==', 'in'])} ${this.of('text', depth)}`,
      () => `(${boolean()} ${c.pick(['and', 'or'])} ${boolean()})`,
      () => `not (${boolean()})`,
      () => `any(x == ${this.of('text', depth)} for x in ['a', 'b'])`,
      () => `all(default(x, 0) is defined for x in ${this.of('list', depth)})`,
      () =>
        `${this.#any()} is ${c.pick(['defined', 'none', 'not none', 'not defined'])}`.replace(
          /^(\S+) is (not )?none$/,
          'default($1, none) is $2none',
        ),
      () => this.#known('number', (path) => `${path} > 1`),
      () => this.#known('text', (path) => `len(${path}) > 1`),
      () => this.#known('list', (path) => `len(${path}) > 0`),
    ])()
  }

  #list(depth: number): string {
    const c = this.#chance
    return c.pick<() => string>([
      () => `[${this.of('any', depth)}, ${this.of('any', depth)}]`,
      () => `split(${this.of('text', depth)}, ',')`,
      () => `reverse(${this.of('list', depth)})`,
      () => `unique(${this.of('list', depth)})`,
      () => `keys(${this.#read('object') ?? 'run'})`,
      () => `(${this.of('list', depth)} or [])`,
      () => `range(3)`,
      () => this.#guarded('list', (path) => `reverse(${path})`, '[]'),
    ])()
  }

  /** Asked for before it is used, in one of the ways there are. */
  #guarded(kind: Kind, use: (path: string) => string, otherwise: string): string {
    const found = this.#pick((one) => one.kind === kind)
    if (!found) return otherwise
    const { path } = found
    return this.#chance.pick([
      `(${use(path)} if default(${path}, none) is not none else ${otherwise})`,
      `(${use(path)} if default(${path}, false) else ${otherwise})`,
      `(${path} is defined and ${path} != null ? ${use(path)} : ${otherwise})`,
      `(${otherwise} if ${path} is not defined or ${path} is none else ${use(path)})`,
    ])
  }

  #known(kind: Kind, use: (path: string) => string): string {
    const found = this.#pick((one) => one.kind === kind)
    if (!found) return 'true'
    const { path } = found
    return this.#chance.pick([
      `(default(${path}, none) is not none and ${use(path)})`,
      `(${path} is defined and ${path} is not none and ${use(path)})`,
      `not (${path} is not defined or ${path} is none or ${use(path)})`,
    ])
  }

  #read(kind: Kind): string | null {
    const found = this.#pick((one) => one.kind === kind)
    if (!found) return null
    const { path, unsure } = found
    return unsure && this.#chance.holds(0.93) ? `default(${path}, ${LITERALS[kind]})` : path
  }

  #pick(fits: (one: Readable) => boolean): Readable | undefined {
    return this.#chance.pick(this.#readable.filter(fits))
  }

  #any(): string {
    return this.#chance.pick(this.#readable)?.path ?? 'run.id'
  }

  /** What an author may write by mistake: any value where another was meant, guarded or not. */
  #slip(): string {
    const path = this.#any()
    return this.#chance.pick([
      path,
      `${path} + 1`,
      `upper(${path})`,
      `len(${path})`,
      `${path}.amount`,
      `${path}[0]`,
      `${path} > 1`,
      `sort(${path})`,
      `sum(${path})`,
      `any(x > 1 for x in ${path})`,
      `min(${path})`,
      `'a' in ${path}`,
      `first(${path})`,
      `values(${path})`,
    ])
  }
}

const LITERALS: Readonly<Record<Kind, string>> = {
  number: '1',
  text: "'a'",
  boolean: 'true',
  list: "['a']",
  object: 'run',
  any: '1',
}

import type { Json, JsonSchema } from '#lib/json.ts'
import type { Chance } from './chance.ts'
import { Expressions } from './expressions.ts'
import { type Readable, readableFrom } from './readable.ts'
import { anySchema, NAMES, objectSchema } from './schemas.ts'

interface Written {
  readonly [key: string]: Json
}

/** How often an expression holds what an author may write by mistake. */
const SLIPS = [0, 0.004, 0.03] as const

/**
 * A random workflow as JSON text: every type of step, branches and where they meet, loops, skips, handlers, blocks. All that
 * comes in is declared, so that nothing is `unknown` and each failure is one that could have been found.
 */
export function randomWorkflow(chance: Chance): string {
  return JSON.stringify(new Sketch(chance).workflow())
}

class Sketch {
  readonly #chance: Chance
  readonly #slips: number
  readonly #handlers: Written[] = []
  #readable: Readable[] = []
  #named = 0
  /** What is written here may be passed by. */
  #unsure = false

  constructor(chance: Chance) {
    this.#chance = chance
    this.#slips = chance.pick(SLIPS)
  }

  workflow(): Written {
    const c = this.#chance
    const inputs = this.#inputs()
    this.#readable.push(
      ...['id', 'workflow_name'].map(
        (name): Readable => ({ path: `run.${name}`, kind: 'text', unsure: false, schema: {} }),
      ),
      { path: 'profile.name', kind: 'text', unsure: true, schema: {} },
      { path: 'static.limit', kind: 'number', unsure: false, schema: {} },
      { path: 'static.words', kind: 'list', unsure: false, schema: {} },
    )
    const steps = this.#sequence(c.times(2, 5, () => 0).length, 0)
    const last = this.#step({ type: 'set', values: { end_value: this.#value() } })
    const outputs = { a: this.#template(), b: { c: [`{{ ${this.#expressions().of('any')} }}`] } }
    return {
      name: 'Random',
      start_step: String([...steps, last][0]?.id),
      ...inputs,
      static: { limit: 3, words: ['a', 'b'], deep: { title: 'x' } },
      ...(c.holds(0.15)
        ? { limits: { concurrency: { max: 2, key: c.pick(['inputs', 'profile.name', 'static.limit + 1']) } } }
        : {}),
      steps: [...steps, { ...last, next: 'end' }, ...this.#handlers],
      outputs,
    }
  }

  #inputs(): Written {
    const c = this.#chance
    if (c.holds(0.1)) return { inputs: [] }
    if (c.holds(0.5)) {
      const fields = this.#fields()
      this.#addFields('inputs', fields)
      this.#addFields('', fields)
      return { inputs: fields }
    }
    const schema = objectSchema(c)
    this.#merge(schema, false)
    this.#readable.push(...readableFrom('inputs', schema, false).slice(1))
    return { inputs: schema as Json }
  }

  /** Steps that fall through from the first to the last. */
  #sequence(length: number, depth: number): Written[] {
    return Array.from({ length }, () => this.#piece(depth)).flat()
  }

  #piece(depth: number): Written[] {
    const c = this.#chance
    const kind = c.below(depth > 1 ? 7 : 11)
    if (kind < 7) return [this.#plain(depth)]
    if (kind === 7) return this.#branches(depth)
    if (kind === 8) return this.#loop(depth)
    return [kind === 9 ? this.#parallel(depth) : this.#forEach(depth)]
  }

  #plain(depth: number): Written {
    const c = this.#chance
    const before = this.#unsure
    const guard = c.holds(0.15) ? { when: this.#condition() } : {}
    if (guard.when) this.#unsure = true
    const step = c.pick<() => Written>([
      () => this.#form(),
      () => this.#form(),
      () => this.#ai(),
      () => this.#ai(),
      () => this.#call(depth),
      () => this.#call(depth),
      () => this.#set(),
      () => this.#set(),
      () => this.#approval(depth),
      () => this.#step({ type: 'delay', ...(c.holds(0.5) ? { for: '1h' } : { until: '2026-06-01T00:00:00Z' }) }),
      () => this.#child(),
    ])()
    this.#unsure = before
    return { ...step, ...guard }
  }

  #form(): Written {
    const fields = this.#fields()
    const step = this.#step({ type: 'form', fields, title: this.#template() })
    this.#addFields('', fields)
    this.#addFields(`steps.${step.id}.output`, fields)
    return step
  }

  #fields(): Written[] {
    const c = this.#chance
    const names = [...new Set(c.times(1, 3, () => c.pick(NAMES)))]
    return names.map((key) => ({
      key,
      ...c.pick<Written>([
        { type: 'number' },
        { type: 'integer', default: 4 },
        { type: 'string' },
        { type: 'textarea' },
        { type: 'checkbox' },
        { type: 'enum', options: ['low', 'middle', 'high'] },
        { type: 'multiselect', options: ['a', 'b', 'c'] },
        { type: 'hidden' },
        { type: 'email' },
      ]),
      ...(c.holds(0.5) ? { required: true } : {}),
    }))
  }

  #addFields(path: string, fields: readonly Written[]): void {
    const kinds: Readonly<Record<string, JsonSchema>> = {
      number: { type: 'number' },
      integer: { type: 'integer' },
      checkbox: { type: 'boolean' },
      multiselect: { type: 'array', items: { type: 'string' } },
      hidden: {},
    }
    for (const { key, type, required, default: given } of fields) {
      const unsure = this.#unsure || (required !== true && given === undefined)
      this.#add(path === '' ? String(key) : `${path}.${key}`, kinds[String(type)] ?? { type: 'string' }, unsure)
    }
  }

  #ai(): Written {
    const c = this.#chance
    const prompt = c.holds(0.8)
      ? { prompt: this.#template() }
      : { template_id: 'stored', variables: { one: this.#value(), two: this.#value() } }
    if (c.holds(0.2)) {
      const step = this.#step({ type: 'ai_generate', ...prompt })
      this.#add(`steps.${step.id}.output`, { type: 'string' }, this.#unsure)
      return step
    }
    const schema = objectSchema(c)
    const key = c.holds(0.25) ? { output_key: c.pick(NAMES) } : {}
    const checks = c.holds(0.3) ? { checks: [this.#condition()] } : {}
    const step = this.#step({ type: 'ai_generate', ...prompt, output_schema: schema as Json, ...key, ...checks })
    this.#give(step, schema)
    return this.#handled(step)
  }

  #call(depth: number): Written {
    const c = this.#chance
    const schema = anySchema(c)
    const step = this.#step({
      type: 'api_call',
      method: 'POST',
      url: `https://example.com/things?of={{ ${this.#expressions().of('any')} }}`,
      headers: { 'X-Of': 'static' },
      query: c.holds(0.3) ? { q: `{{ ${this.#expressions().of(c.pick(['text', 'number', 'list'] as const))} }}` } : {},
      body: { a: this.#template(), b: [`{{ ${this.#expressions().of('any')} }}`], key: '{{ env.KEY }}' },
      response_schema: schema as Json,
      ...(c.holds(0.2)
        ? {
            success_when: c.pick([
              'status < 300',
              "status == 200 and default(headers['x'], '') == ''",
              'len(headers) >= 0 and status is odd or true',
            ]),
          }
        : {}),
    })
    const output: JsonSchema = {
      type: 'object',
      properties: { status: { type: 'integer' }, body: schema },
      required: ['status', 'body'],
    }
    this.#readable.push(...readableFrom(`steps.${step.id}.output`, output, this.#unsure || depth > 0))
    if (depth === 0) this.#readable.push(...readableFrom('api_response', output, this.#unsure))
    return this.#handled(step)
  }

  #set(): Written {
    const c = this.#chance
    const names = [...new Set(c.times(1, 2, () => c.pick(NAMES)))]
    const kinds = names.map((name) => [name, c.pick(['number', 'text', 'boolean', 'list'] as const)] as const)
    const values = Object.fromEntries(
      kinds.map(([name, kind]) => [name, c.holds(0.2) ? this.#value() : this.#expressions().of(kind)]),
    )
    const step = this.#step({ type: 'set', values })
    const types = { number: 'number', text: 'string', boolean: 'boolean', list: 'array' } as const
    for (const [name, kind] of kinds) this.#add(name, { type: types[kind] }, this.#unsure)
    return step
  }

  #approval(depth: number): Written {
    const c = this.#chance
    const people = this.#readable.filter(({ kind, unsure }) => kind === 'text' && !unsure)
    const step = this.#step({
      type: 'approval',
      approvers:
        c.holds(0.15) && people.length > 0
          ? [{ expr: c.pick(people)?.path ?? 'run.id' }]
          : ['a@example.com', 'b@example.com'],
      policy: c.pick<Json>(['any', 'all', { at_least: 2 }]),
      message: this.#template(),
      ...(c.holds(0.5) ? { show: { shown: this.#value() } } : {}),
      timeout: '2d',
      on_timeout: c.pick(['reject', 'fail']),
      ...(depth === 0 && c.holds(0.5) ? { on_reject: this.#handler() } : {}),
    })
    this.#merge(DECISION, false, depth > 0)
    this.#readable.push(...readableFrom(`steps.${step.id}.output`, DECISION, this.#unsure).slice(1))
    return step
  }

  /** A handler stands behind the end; what it reads may not be there. */
  #handler(): string {
    const before = this.#readable
    this.#readable = before.map((one) => ({ ...one, unsure: true }))
    const step = this.#step({ type: 'set', values: { handled: this.#value() }, next: 'end' })
    this.#readable = before
    this.#handlers.push(step)
    return String(step.id)
  }

  /** Each handler is one of the outermost; inside a block a failure is the block's. */
  #handled(step: Written): Written {
    return this.#inside === 0 && this.#chance.holds(0.2) ? { ...step, on_error: this.#handler() } : step
  }

  #inside = 0

  #child(): Written {
    return this.#step({
      type: 'workflow',
      workflow: 'Child',
      inputs: { a: this.#template(), b: `{{ ${this.#expressions().of('any')} }}` },
      output_key: `child_${this.#named}`,
    })
  }

  #branches(depth: number): Written[] {
    const c = this.#chance
    const asked = this.#chance.holds(0.5) ? this.#question() : null
    const condition = asked?.condition ?? this.#condition()
    const before = [...this.#readable]
    const wasUnsure = this.#unsure
    const id = this.#id()
    if (asked) this.#readable = this.#readable.map((one) => (one.path === asked.path ? { ...one, unsure: false } : one))
    this.#unsure = wasUnsure
    const yes = this.#sequence(1 + c.below(2), depth + 1)
    const afterYes = this.#readable
    this.#readable = [...before]
    const no = this.#sequence(1 + c.below(2), depth + 1)
    // Behind both, what one gave may be missing.
    const paths = new Set(before.map(({ path }) => path))
    const fresh = [...afterYes, ...this.#readable]
      .filter(({ path }) => !paths.has(path))
      .map((one) => ({ ...one, unsure: one.unsure || c.holds(0.9) }))
    this.#readable = [...before, ...fresh]
    const join = this.#step({ type: 'set', values: { [c.pick(NAMES)]: this.#value() } })
    const cases = c.holds(0.3)
    const fork = cases
      ? { cases: [{ when: condition, next: yes[0]?.id ?? 'end' }], default: no[0]?.id ?? 'end' }
      : { condition, if_true: yes[0]?.id ?? 'end', if_false: no[0]?.id ?? 'end' }
    return [
      { id, type: 'conditional', ...fork },
      ...lastGoesTo(yes, c.holds(0.15) ? 'end' : String(join.id)),
      ...no,
      join,
    ]
  }

  /** A condition that makes sure of something for the steps behind it. */
  #question(): { readonly path: string; readonly condition: string } | null {
    const found = this.#chance.pick(this.#readable.filter(({ unsure }) => unsure))
    if (!found) return null
    const { path } = found
    const condition = this.#chance.pick([
      `default(${path}, none) is not none`,
      `default(${path}, false)`,
      `${path} is defined and ${path} != null`,
    ])
    return { path, condition }
  }

  #loop(depth: number): Written[] {
    const c = this.#chance
    const counter = `n${this.#named}`
    const id = this.#id()
    const start = this.#step({ type: 'set', values: { [counter]: `default(${counter}, 0) + 1` } })
    this.#add(counter, { type: 'integer' }, false)
    const body = this.#sequence(1 + c.below(2), depth + 1)
    return [
      start,
      ...body,
      { id, type: 'conditional', condition: `${counter} < ${2 + c.below(2)}`, if_true: String(start.id) },
    ]
  }

  #parallel(depth: number): Written {
    const c = this.#chance
    const id = this.#id()
    const join = c.pick<Json>(['all', 'any', { at_least: 1 }])
    const branches = Object.fromEntries(['left', 'right'].map((name) => [name, this.#block(depth)]))
    for (const [name, steps] of Object.entries(branches)) {
      for (const { id: inner } of steps.filter(isKnown)) this.#add(`steps.${id}.output.${name}.${inner}`, {}, true)
    }
    return { id, type: 'parallel', join, branches }
  }

  #forEach(depth: number): Written {
    const c = this.#chance
    const id = this.#id()
    const lists = this.#readable.filter(({ kind, unsure }) => kind === 'list' && !unsure)
    const list = c.pick(lists)
    const items = list?.path ?? "['a', 'b']"
    const element = (list?.schema.items ?? (list ? {} : { type: 'string' })) as JsonSchema
    const steps = this.#block(depth, readableFrom('thing', element, false))
    this.#add(`steps.${id}.output`, { type: 'array' }, this.#unsure)
    for (const { id: inner } of steps.filter(isKnown)) this.#add(`steps.${id}.output[0].${inner}`, {}, true)
    return { id, type: 'for_each', items, as: 'thing', steps }
  }

  /** What is inside sees what is around; what it gives stays there. */
  #block(depth: number, locals: readonly Readable[] = []): Written[] {
    const before = this.#readable
    this.#readable = [...before, ...locals]
    this.#inside++
    const steps = this.#sequence(1 + this.#chance.below(2), depth + 1)
    this.#inside--
    this.#readable = [...before]
    return steps
  }

  #give(step: Written, schema: JsonSchema): void {
    if (typeof step.output_key === 'string') {
      if (this.#inside === 0) this.#forget(step.output_key)
      if (this.#inside === 0) this.#readable.push(...readableFrom(step.output_key, schema, this.#unsure))
    } else this.#merge(schema, this.#unsure)
    this.#readable.push(...readableFrom(`steps.${step.id}.output`, schema, this.#unsure))
  }

  #merge(schema: JsonSchema, unsure: boolean, inside = this.#inside > 0): void {
    if (inside) return
    for (const one of readableFrom('it', schema, unsure).slice(1)) this.#add(one.path.slice(3), one.schema, one.unsure)
  }

  #add(path: string, schema: JsonSchema, unsure: boolean): void {
    if (this.#inside > 0 && !path.startsWith('steps.')) return
    this.#forget(path)
    this.#readable.push(...readableFrom(path, schema, unsure))
  }

  /** What stood there, and below: a part that is not declared any more is `unknown`, and no slip of the author's. */
  #forget(path: string): void {
    const below = (one: Readable) =>
      one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`)
    this.#readable = this.#readable.filter((one) => !below(one))
  }

  #step(parameters: Written): Written {
    return { id: this.#id(), ...parameters }
  }

  #id(): string {
    return `s${this.#named++}`
  }

  #expressions(): Expressions {
    return new Expressions(this.#chance, this.#readable, this.#slips)
  }

  #condition(): string {
    return this.#expressions().condition()
  }

  #value(): string {
    return this.#expressions().value()
  }

  #template(): string {
    return this.#chance.holds(0.3) ? 'plain' : this.#expressions().template()
  }
}

const DECISION: JsonSchema = {
  type: 'object',
  properties: {
    approved: { type: 'boolean' },
    decision: { type: 'string' },
    decided_by: { type: 'string' },
    comment: { type: 'string' },
  },
  required: ['approved', 'decision', 'decided_by', 'comment'],
}

/** What another workflow answers is declared nowhere. */
function isKnown({ type }: Written): boolean {
  return type !== 'workflow'
}

function lastGoesTo(steps: readonly Written[], target: string): Written[] {
  return steps.map((step, i) =>
    i === steps.length - 1 && step.type !== 'conditional' ? { ...step, next: target } : step,
  )
}

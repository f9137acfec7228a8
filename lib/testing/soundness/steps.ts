import type { Json, JsonSchema } from '#lib/json.ts'
import type { Chance } from './chance.ts'
import { Expressions } from './expressions.ts'
import { Known, type Written } from './known.ts'
import { readableFrom } from './readable.ts'
import { anySchema, NAMES, objectSchema } from './schemas.ts'

/** How often an expression holds what an author may write by mistake. */
const SLIPS = [0, 0.004, 0.03] as const

/** Random steps of every type that holds no others, each with what it leaves to read. */
export class Steps {
  protected readonly chance: Chance
  protected readonly slips: number
  /** Steps behind the end, to which a rejection or a failure leads. */
  protected readonly handlers: Written[] = []
  protected readonly known = new Known()
  protected named = 0

  constructor(chance: Chance) {
    this.chance = chance
    this.slips = chance.pick(SLIPS)
  }

  protected plain(depth: number): Written {
    const c = this.chance
    const before = this.known.unsure
    const guard: Written = c.holds(0.15) ? { when: this.condition() } : {}
    if (guard.when) this.known.unsure = true
    const step = c.pick<() => Written>([
      () => this.form(),
      () => this.form(),
      () => this.ai(),
      () => this.ai(),
      () => this.call(depth),
      () => this.call(depth),
      () => this.set(),
      () => this.set(),
      () => this.approval(depth),
      () => this.step({ type: 'delay', ...(c.holds(0.5) ? { for: '1h' } : { until: '2026-06-01T00:00:00Z' }) }),
      () => this.child(),
    ])()
    this.known.unsure = before
    return { ...step, ...guard }
  }

  protected form(): Written {
    const fields = this.fields()
    const step = this.step({ type: 'form', fields, title: this.template() })
    this.known.addFields('', fields)
    this.known.addFields(`steps.${step.id}.output`, fields)
    return step
  }

  protected fields(): Written[] {
    const c = this.chance
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

  protected ai(): Written {
    const c = this.chance
    const prompt: Written = c.holds(0.8)
      ? { prompt: this.template() }
      : { template_id: 'stored', variables: { one: this.value(), two: this.value() } }
    if (c.holds(0.2)) {
      const step = this.step({ type: 'ai_generate', ...prompt })
      this.known.add(`steps.${step.id}.output`, { type: 'string' }, this.known.unsure)
      return step
    }
    const schema = objectSchema(c)
    const key: Written = c.holds(0.25) ? { output_key: c.pick(NAMES) } : {}
    const checks: Written = c.holds(0.3) ? { checks: [this.condition()] } : {}
    const step = this.step({ type: 'ai_generate', ...prompt, output_schema: schema as Json, ...key, ...checks })
    this.known.give(step, schema)
    return this.handled(step)
  }

  protected call(depth: number): Written {
    const c = this.chance
    const schema = anySchema(c)
    const step = this.step({
      type: 'api_call',
      method: 'POST',
      url: `https://example.com/things?of={{ ${this.expressions().of('any')} }}`,
      headers: { 'X-Of': 'static' },
      query: c.holds(0.3) ? { q: `{{ ${this.expressions().of(c.pick(['text', 'number', 'list'] as const))} }}` } : {},
      body: { a: this.template(), b: [`{{ ${this.expressions().of('any')} }}`], key: '{{ env.KEY }}' },
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
    this.known.readable.push(...readableFrom(`steps.${step.id}.output`, output, this.known.unsure || depth > 0))
    if (depth === 0) this.known.readable.push(...readableFrom('api_response', output, this.known.unsure))
    return this.handled(step)
  }

  protected set(): Written {
    const c = this.chance
    const names = [...new Set(c.times(1, 2, () => c.pick(NAMES)))]
    const kinds = names.map((name) => [name, c.pick(['number', 'text', 'boolean', 'list'] as const)] as const)
    const values = Object.fromEntries(
      kinds.map(([name, kind]) => [name, c.holds(0.2) ? this.value() : this.expressions().of(kind)]),
    )
    const step = this.step({ type: 'set', values })
    const types = { number: 'number', text: 'string', boolean: 'boolean', list: 'array' } as const
    for (const [name, kind] of kinds) this.known.add(name, { type: types[kind] }, this.known.unsure)
    return step
  }

  protected approval(depth: number): Written {
    const c = this.chance
    const people = this.known.readable.filter(({ kind, unsure }) => kind === 'text' && !unsure)
    const step = this.step({
      type: 'approval',
      approvers:
        c.holds(0.15) && people.length > 0
          ? [{ expr: c.pick(people)?.path ?? 'run.id' }]
          : ['a@example.com', 'b@example.com'],
      policy: c.pick<Json>(['any', 'all', { at_least: 2 }]),
      message: this.template(),
      ...(c.holds(0.5) ? { show: { shown: this.value() } } : {}),
      timeout: '2d',
      on_timeout: c.pick(['reject', 'fail']),
      ...(depth === 0 && c.holds(0.5) ? { on_reject: this.handler() } : {}),
    })
    this.known.merge(DECISION, false, depth > 0)
    this.known.readable.push(...readableFrom(`steps.${step.id}.output`, DECISION, this.known.unsure).slice(1))
    return step
  }

  /** A handler stands behind the end; what it reads may not be there. */
  protected handler(): string {
    const before = this.known.readable
    this.known.readable = before.map((one) => ({ ...one, unsure: true }))
    const step = this.step({ type: 'set', values: { handled: this.value() }, next: 'end' })
    this.known.readable = before
    this.handlers.push(step)
    return String(step.id)
  }

  /** Each handler is one of the outermost; inside a block a failure is the block's. */
  protected handled(step: Written): Written {
    return this.known.inside === 0 && this.chance.holds(0.2) ? { ...step, on_error: this.handler() } : step
  }

  protected child(): Written {
    return this.step({
      type: 'workflow',
      workflow: 'Child',
      inputs: { a: this.template(), b: `{{ ${this.expressions().of('any')} }}` },
      output_key: `child_${this.named}`,
    })
  }

  protected step(parameters: Written): Written {
    return { id: this.id(), ...parameters }
  }

  protected id(): string {
    return `s${this.named++}`
  }

  protected expressions(): Expressions {
    return new Expressions(this.chance, this.known.readable, this.slips)
  }

  protected condition(): string {
    return this.expressions().condition()
  }

  protected value(): string {
    return this.expressions().value()
  }

  protected template(): string {
    return this.chance.holds(0.3) ? 'plain' : this.expressions().template()
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

import type { Json, JsonSchema } from '#lib/json.ts'
import type { Chance } from './chance.ts'
import type { Written } from './known.ts'
import { type Readable, readableFrom } from './readable.ts'
import { NAMES, objectSchema } from './schemas.ts'
import { Steps } from './steps.ts'

/**
 * A random workflow as JSON text: every type of step, branches and where they meet, loops, skips, handlers, blocks. All that
 * comes in is declared, so that nothing is `unknown` and each failure is one that could have been found.
 */
export function randomWorkflow(chance: Chance): string {
  return JSON.stringify(new Sketch(chance).workflow())
}

class Sketch extends Steps {
  workflow(): Written {
    const c = this.chance
    const inputs = this.#inputs()
    this.known.readable.push(
      ...['id', 'workflow_name'].map(
        (name): Readable => ({ path: `run.${name}`, kind: 'text', unsure: false, schema: {} }),
      ),
      { path: 'profile.name', kind: 'text', unsure: true, schema: {} },
      { path: 'static.limit', kind: 'number', unsure: false, schema: {} },
      { path: 'static.words', kind: 'list', unsure: false, schema: {} },
    )
    const steps = this.#sequence(c.times(2, 5, () => 0).length, 0)
    const last = this.step({ type: 'set', values: { end_value: this.value() } })
    const outputs = { a: this.template(), b: { c: [`{{ ${this.expressions().of('any')} }}`] } }
    return {
      name: 'Random',
      start_step: String([...steps, last][0]?.id),
      ...inputs,
      static: { limit: 3, words: ['a', 'b'], deep: { title: 'x' } },
      ...(c.holds(0.15)
        ? { limits: { concurrency: { max: 2, key: c.pick(['inputs', 'profile.name', 'static.limit + 1']) } } }
        : {}),
      steps: [...steps, { ...last, next: 'end' }, ...this.handlers],
      outputs,
    }
  }

  #inputs(): Written {
    const c = this.chance
    if (c.holds(0.1)) return { inputs: [] }
    if (c.holds(0.5)) {
      const fields = this.fields()
      this.known.addFields('inputs', fields)
      this.known.addFields('', fields)
      return { inputs: fields }
    }
    const schema = objectSchema(c)
    this.known.merge(schema, false)
    this.known.readable.push(...readableFrom('inputs', schema, false).slice(1))
    return { inputs: schema as Json }
  }

  /** Steps that fall through from the first to the last. */
  #sequence(length: number, depth: number): Written[] {
    return Array.from({ length }, () => this.#piece(depth)).flat()
  }

  #piece(depth: number): Written[] {
    const c = this.chance
    const kind = c.below(depth > 1 ? 7 : 11)
    if (kind < 7) return [this.plain(depth)]
    if (kind === 7) return this.#branches(depth)
    if (kind === 8) return this.#loop(depth)
    return [kind === 9 ? this.#parallel(depth) : this.#forEach(depth)]
  }

  #branches(depth: number): Written[] {
    const c = this.chance
    const asked = this.chance.holds(0.5) ? this.#question() : null
    const condition = asked?.condition ?? this.condition()
    const before = [...this.known.readable]
    const wasUnsure = this.known.unsure
    const id = this.id()
    if (asked)
      this.known.readable = this.known.readable.map((one) =>
        one.path === asked.path ? { ...one, unsure: false } : one,
      )
    this.known.unsure = wasUnsure
    const yes = this.#sequence(1 + c.below(2), depth + 1)
    const afterYes = this.known.readable
    this.known.readable = [...before]
    const no = this.#sequence(1 + c.below(2), depth + 1)
    // Behind both, what one gave may be missing.
    const paths = new Set(before.map(({ path }) => path))
    const fresh = [...afterYes, ...this.known.readable]
      .filter(({ path }) => !paths.has(path))
      .map((one) => ({ ...one, unsure: one.unsure || c.holds(0.9) }))
    this.known.readable = [...before, ...fresh]
    const join = this.step({ type: 'set', values: { [c.pick(NAMES)]: this.value() } })
    const cases = c.holds(0.3)
    const fork: Written = cases
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
    const found = this.chance.pick(this.known.readable.filter(({ unsure }) => unsure))
    if (!found) return null
    const { path } = found
    const condition = this.chance.pick([
      `default(${path}, none) is not none`,
      `default(${path}, false)`,
      `${path} is defined and ${path} != null`,
    ])
    return { path, condition }
  }

  #loop(depth: number): Written[] {
    const c = this.chance
    const counter = `n${this.named}`
    const id = this.id()
    const start = this.step({ type: 'set', values: { [counter]: `default(${counter}, 0) + 1` } })
    this.known.add(counter, { type: 'integer' }, false)
    const body = this.#sequence(1 + c.below(2), depth + 1)
    return [
      start,
      ...body,
      { id, type: 'conditional', condition: `${counter} < ${2 + c.below(2)}`, if_true: String(start.id) },
    ]
  }

  #parallel(depth: number): Written {
    const c = this.chance
    const id = this.id()
    const join = c.pick<Json>(['all', 'any', { at_least: 1 }])
    const branches = Object.fromEntries(['left', 'right'].map((name) => [name, this.#block(depth)]))
    for (const [name, steps] of Object.entries(branches)) {
      for (const { id: inner } of steps.filter(isKnown)) this.known.add(`steps.${id}.output.${name}.${inner}`, {}, true)
    }
    return { id, type: 'parallel', join, branches }
  }

  #forEach(depth: number): Written {
    const c = this.chance
    const id = this.id()
    const lists = this.known.readable.filter(({ kind, unsure }) => kind === 'list' && !unsure)
    const list = c.pick(lists)
    const items = list?.path ?? "['a', 'b']"
    const element = (list?.schema.items ?? (list ? {} : { type: 'string' })) as JsonSchema
    const steps = this.#block(depth, readableFrom('thing', element, false))
    this.known.add(`steps.${id}.output`, { type: 'array' }, this.known.unsure)
    for (const { id: inner } of steps.filter(isKnown)) this.known.add(`steps.${id}.output[0].${inner}`, {}, true)
    return { id, type: 'for_each', items, as: 'thing', steps }
  }

  /** What is inside sees what is around; what it gives stays there. */
  #block(depth: number, locals: readonly Readable[] = []): Written[] {
    const before = this.known.readable
    this.known.readable = [...before, ...locals]
    this.known.inside++
    const steps = this.#sequence(1 + this.chance.below(2), depth + 1)
    this.known.inside--
    this.known.readable = [...before]
    return steps
  }
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

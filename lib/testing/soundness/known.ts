import type { Json, JsonSchema } from '#lib/json.ts'
import { type Readable, readableFrom } from './readable.ts'

/** A part of a workflow as it is written. */
export interface Written {
  readonly [key: string]: Json
}

/** What an author believes can be read where the next step is written. */
export class Known {
  readable: Readable[] = []
  /** What is written here may be passed by. */
  unsure = false
  /** How many blocks are around it; what is inside one merges into nothing. */
  inside = 0

  addFields(path: string, fields: readonly Written[]): void {
    const kinds: Readonly<Record<string, JsonSchema>> = {
      number: { type: 'number' },
      integer: { type: 'integer' },
      checkbox: { type: 'boolean' },
      multiselect: { type: 'array', items: { type: 'string' } },
      hidden: {},
    }
    for (const { key, type, required, default: given } of fields) {
      const unsure = this.unsure || (required !== true && given === undefined)
      this.add(path === '' ? String(key) : `${path}.${key}`, kinds[String(type)] ?? { type: 'string' }, unsure)
    }
  }

  give(step: Written, schema: JsonSchema): void {
    if (typeof step.output_key === 'string') {
      if (this.inside === 0) this.forget(step.output_key)
      if (this.inside === 0) this.readable.push(...readableFrom(step.output_key, schema, this.unsure))
    } else this.merge(schema, this.unsure)
    this.readable.push(...readableFrom(`steps.${step.id}.output`, schema, this.unsure))
  }

  merge(schema: JsonSchema, unsure: boolean, inside = this.inside > 0): void {
    if (inside) return
    for (const one of readableFrom('it', schema, unsure).slice(1)) this.add(one.path.slice(3), one.schema, one.unsure)
  }

  add(path: string, schema: JsonSchema, unsure: boolean): void {
    if (this.inside > 0 && !path.startsWith('steps.')) return
    this.forget(path)
    this.readable.push(...readableFrom(path, schema, unsure))
  }

  /** What stood there, and below: a part that is not declared any more is `unknown`, and no slip of the author's. */
  forget(path: string): void {
    const below = (one: Readable) =>
      one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`)
    this.readable = this.readable.filter((one) => !below(one))
  }
}

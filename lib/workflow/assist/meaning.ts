import type { JsonSchema } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { itemPart, propertyNames, propertyPart, type SchemaPart, typeInWords } from './schema-parts.ts'

/** What a name stands for where it is read: completion proposes it, hover explains it, and a jump leads to where it was written. */
export interface Meaning {
  readonly name: string
  /** null: nothing is known of it. */
  readonly schema: JsonSchema | null
  /** Who gives it, in a few words: the id of a step, `input`. */
  readonly from: string
  /** The same as a sentence, where there is more to say. */
  readonly about: string | null
  /** Whether only some of the ways to the reader provide it. */
  readonly partly: boolean
  /** The step whose id this name is. */
  readonly step: StepDraft | null
  /** Where it was written down; empty for what belongs to the language or to the workspace. */
  readonly declared: readonly Declaration[]
  /** What can be read of it. */
  members(): readonly Meaning[]
  /** One of its members, also one that is not proposed because it comes later. */
  member(name: string): Meaning | null
  /** What stands in it, where it is a list. */
  item(): Meaning | null
}

/** A place of the author's document. */
export interface Declaration {
  readonly path: SourcePath
  readonly part: 'key' | 'value'
}

/** What can be read at one place by its first name. */
export interface Names {
  all(): readonly Meaning[]
  name(name: string): Meaning | null
}

/** Where nothing is known. */
export const NO_NAMES: Names = { all: () => [], name: () => null }

type Parts = Partial<Pick<Meaning, 'members' | 'member' | 'item'>>

/** A meaning of which only the name and the source are known, unless more is given. */
export function meaning(
  given: Pick<Meaning, 'name' | 'from'> & Partial<Omit<Meaning, keyof Parts>>,
  parts: Parts = {},
): Meaning {
  const members = once(parts.members ?? (() => []))
  return {
    schema: null,
    about: null,
    partly: false,
    step: null,
    declared: [],
    ...given,
    members,
    member: parts.member ?? ((name) => members().find((one) => one.name === name) ?? null),
    item: parts.item ?? (() => null),
  }
}

/** What a schema tells: its properties are the members, and each was declared where the author wrote it. */
export function meaningOfSchema(
  given: Pick<Meaning, 'name' | 'from'> & Partial<Pick<Meaning, 'about' | 'partly' | 'declared'>>,
  part: SchemaPart | null,
): Meaning {
  if (part === null) return meaning(given)
  const of = (name: string, inner: SchemaPart | null): Meaning | null => {
    if (inner === null) return null
    const declared: readonly Declaration[] =
      inner.at === null ? (given.declared ?? []) : [{ path: inner.at, part: 'key' }]
    return meaningOfSchema({ ...given, name, declared }, inner)
  }
  return meaning(
    { ...given, schema: part.schema },
    {
      members: () => propertyNames(part).flatMap((name) => of(name, propertyPart(part, name)) ?? []),
      member: (name) => of(name, propertyPart(part, name)),
      item: () => of(given.name, itemPart(part)),
    },
  )
}

/** The same name from several sources: what it is depends on the way. */
export function together(
  given: Pick<Meaning, 'from' | 'about' | 'partly'>,
  several: readonly [Meaning, ...(readonly Meaning[])],
): Meaning {
  const [first] = several
  const all = (each: (one: Meaning) => Meaning | null): Meaning | null => {
    const found = several.flatMap((one) => each(one) ?? [])
    const [head, ...others] = found
    if (head === undefined) return null
    return together({ ...given, partly: given.partly || found.length < several.length }, [head, ...others])
  }
  const names = () => [...new Set(several.flatMap((one) => one.members().map(({ name }) => name)))]
  return meaning(
    {
      ...given,
      name: first.name,
      // Where they differ there is no one type to show.
      schema: several.every(({ schema }) => typeInWords(schema) === typeInWords(first.schema)) ? first.schema : null,
      step: several.length === 1 ? first.step : null,
      declared: several.flatMap(({ declared }) => declared),
    },
    {
      members: () => names().flatMap((name) => all((one) => one.member(name)) ?? []),
      member: (name) => all((one) => one.member(name)),
      item: () => all((one) => one.item()),
    },
  )
}

/** In a few words: its type, who gives it, and whether that is so on every way. */
export function describe({ schema, from, partly }: Meaning): string {
  const type = typeInWords(schema)
  return [type, from, partly ? 'only on some paths' : null].filter((part) => part !== null).join(' · ')
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

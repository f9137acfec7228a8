import type { JsonSchema } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import { HELPERS } from '../expressions/helpers.ts'
import { isNamespace } from '../expressions/namespaces.ts'
import type { Range } from '../positions.ts'
import { itemNames } from '../validate-scopes.ts'
import { schemaFor } from './complete.ts'
import { aboutType } from './complete-values.ts'
import { type ExpressionAt, expressionAt, inText, pathAround, splitPath } from './expression-at.ts'
import { type Facts, factsOf, schemaOf, stepAround, typeInWords } from './facts.ts'
import { membersAt, providersOf, sayProviders } from './names.ts'
import { type Place, placeAt } from './place.ts'
import { schemasAt } from './schema-at.ts'
import { isStep } from './step-paths.ts'

/** What an item is called in any case. */
const ITEM = 'item'

export interface HoverText extends Range {
  /** Paragraphs of Markdown. */
  readonly docs: readonly string[]
}

/** What the word at a place means: a key, a step type, a step, a function, or a variable and who provides it. */
export function hover(text: string, line: number, column: number, catalog: StepCatalog): HoverText | null {
  const place = placeAt(text, line, column)
  if (place === null) return null
  const before = /[\w@.-]*$/.exec(place.before)?.[0] ?? ''
  const after = /^[\w-]*/.exec(place.after)?.[0] ?? ''
  if (before + after === '') return null
  const schema = schemaFor(catalog)
  const at = (docs: readonly (string | null)[], from = before, to = after): HoverText | null => {
    const paragraphs = docs.filter((paragraph) => paragraph !== null)
    if (paragraphs.length === 0) return null
    return { ...place.range(place.offset - from.length, place.offset + to.length), docs: paragraphs }
  }
  if (place.at === 'key') {
    const word = place.before + place.after
    return at(aboutKey(word, schemasAt(schema, place.source.value, [...place.path, word])), place.before, place.after)
  }
  const here = schemasAt(schema, place.source.value, place.path)
  const kinds = new Set(here.map((one) => one['x-kind']))
  const expression = expressionAt(place, kinds.has('expression') || kinds.has('dynamic'))
  if (expression) {
    const found = aboutExpression(expression, place, factsOf(place.source, catalog))
    return found === null ? null : at(found.docs, found.before, found.after)
  }
  const word = before + after
  const type = place.path.at(-1) === 'type' && isStep(place.path.slice(0, -1)) ? catalog.get(word) : undefined
  if (type) return at([`**${type.label}** \`${type.type}\``, aboutType(type)])
  if (!kinds.has('step')) return null
  const draft = factsOf(place.source, catalog)?.steps.find(({ step }) => step.id === word.toLowerCase())
  return draft ? at([`Step \`${draft.step.id}\`: ${draft.type?.label ?? draft.step.type}`, draft.step.name]) : null
}

function aboutKey(word: string, here: readonly JsonSchema[]): readonly (string | null)[] {
  const said = (key: string) => here.map((schema) => schema[key]).find((value) => typeof value === 'string')
  const title = said('title')
  const description = said('description')
  const alias = said('x-alias')
  if (title === undefined && description === undefined) return []
  return [
    `**${String(title ?? word)}** \`${word}\``,
    description === undefined ? null : String(description),
    alias === undefined ? null : `Another way to write \`${String(alias)}\`.`,
  ]
}

interface About {
  readonly docs: readonly (string | null)[]
  readonly before: string
  readonly after: string
}

function aboutExpression(at: ExpressionAt, place: Place, facts: Facts | null): About | null {
  if (inText(at.before)) return null
  const whole = pathAround(at)
  if (whole === null) return null
  const after = /^\w*/.exec(at.after)?.[0] ?? ''
  const before = whole.slice(0, whole.length - after.length)
  const helper = HELPERS.get(whole)
  if (
    helper &&
    /^\s*\(|^\s*$/.test(at.after.slice(after.length)) &&
    (/\|\s*$/.test(at.before.slice(0, at.before.length - before.length)) ||
      at.after.slice(after.length).trimStart().startsWith('('))
  ) {
    return { docs: [`\`${helper.signature}\``, helper.summary], before, after }
  }
  if (facts === null) return null
  const docs = aboutVariable(splitPath(whole), place, facts)
  return docs === null ? null : { docs: [`\`${whole}\``, ...docs], before, after }
}

function aboutVariable(path: readonly string[], place: Place, facts: Facts): readonly (string | null)[] | null {
  const [root = ''] = path
  const items = itemNames(stepAround(facts, place.path) ?? null)
  if (path.length === 1 && items !== null && [ITEM, ...items].includes(root)) {
    return ['The item of the list that the steps here are done for.']
  }
  const inRuntime = root === 'runtime' ? path.slice(1) : isNamespace(root) ? null : path
  const [name] = inRuntime ?? []
  if (name === undefined) return inRuntime === null ? aboutMember(path, place, facts) : null
  const providers = providersOf(facts, name, stepAround(facts, place.path))
  if (providers.length === 0) return null
  const type =
    inRuntime?.length === 1
      ? typeInWords(schemaOf(name, providers.at(-1) ?? null, facts))
      : (aboutMember(path, place, facts)?.[0] ?? null)
  const from = providers.every((provider) => provider === null)
    ? 'Given when the run is started.'
    : `Provided by ${sayProviders(providers)}.`
  return [type === null ? null : capital(type), from]
}

function aboutMember(path: readonly string[], place: Place, facts: Facts): readonly (string | null)[] | null {
  const last = path.at(-1)
  const found = membersAt(facts, place.path, path.slice(0, -1), {}).find(({ name }) => name === last)
  if (!found) return null
  return [capital(typeInWords(found.schema) ?? found.from)]
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
}

import type { SourcePath } from '../diagnostics.ts'
import { ExpressionError } from '../expressions/errors.ts'
import { isSecretSpace } from '../expressions/namespaces.ts'
import { parseExpression } from '../expressions/parse.ts'
import type { StepDraft } from '../normalise-step.ts'
import { outwards } from '../validate-scopes.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { slotsOf } from '../validate-slots.ts'
import { type Facts, stepAround } from './facts.ts'
import { type Meaning, meaning, type Names } from './meaning.ts'
import { namespaces } from './namespaces.ts'
import { ownPart } from './outputs.ts'
import { meaningOfNode } from './read-node.ts'

/** What can be read at one place of the document by its first name. */
export function namesAt(facts: Facts, path: SourcePath, known: KnownSettings): Names {
  const reader = stepAround(facts, path)
  const slot = reader && slotAt(reader, path)
  const secrets = slot?.secrets === true
  const own = reader ? (slot?.names ?? []).map((name) => ownPart(name, reader, facts.steps)) : []
  const items = itemNames(facts, reader, known)
  const spaces = namespaces(facts, reader, secrets, known)
  const runtime = spaces.get('runtime')
  return {
    all: () => [
      ...own,
      ...items,
      ...(runtime?.members() ?? []),
      ...[...spaces.values()].filter(({ name }) => secrets || !isSecretSpace(name)),
    ],
    name: (name) =>
      [...own, ...items].find((one) => one.name === name) ?? spaces.get(name) ?? runtime?.member(name) ?? null,
  }
}

/** The items around a step: `item` is the innermost one, and each has a name of its own besides. */
function itemNames(facts: Facts, reader: StepDraft | undefined, known: KnownSettings): readonly Meaning[] {
  if (!reader) return []
  const loops = outwards(reader).flatMap(([, { inside }]) => {
    const fork = inside?.as === undefined ? undefined : facts.steps.find(({ step }) => step.id === inside.step)
    return fork ? [fork] : []
  })
  return loops.flatMap((fork, depth) => {
    const { items, as } = fork.step.config
    const item = typeof items === 'string' ? itemOf(items, namesAt(facts, [...fork.path, 'items'], known)) : null
    const about = 'The item of the list that the steps here are done for.'
    const place = {
      from: `of ${fork.step.id}`,
      about,
      declared: [{ path: fork.at([as ? 'as' : 'items']), part: 'value' as const }],
    }
    const names = [...(depth === 0 ? ['item'] : []), ...(typeof as === 'string' && as !== 'item' ? [as] : [])]
    return names.map((name) => ({ ...(item ?? meaning({ name, from: '' })), ...place, name, step: null }))
  })
}

function itemOf(items: string, names: Names): Meaning | null {
  try {
    return meaningOfNode(parseExpression(items), names)?.item() ?? null
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

/** The expression or template that stands at a place of the document. */
function slotAt(draft: StepDraft, path: SourcePath) {
  const here = JSON.stringify(path)
  return slotsOf(draft).find((slot) => JSON.stringify(draft.at(slot.path)) === here)
}

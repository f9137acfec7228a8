import { BLUEPRINT_CATEGORIES, type Blueprint, type BlueprintCategory } from '#lib/blueprints/blueprint.ts'

/** The blueprints in which every word of the question occurs, by category; empty categories are left out. */
export function searchBlueprints(
  blueprints: readonly Blueprint[],
  question: string,
): readonly { readonly category: BlueprintCategory; readonly blueprints: readonly Blueprint[] }[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  const found = blueprints.filter((blueprint) => {
    const { title, summary, category, learn, tags, steps } = blueprint
    const text = [title, summary, category, learn, ...tags, ...steps].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return BLUEPRINT_CATEGORIES.flatMap((category) => {
    const own = found.filter((blueprint) => blueprint.category === category)
    return own.length === 0 ? [] : [{ category, blueprints: own }]
  })
}

import type { AnyStepType, StepCatalog } from '#lib/workflow/catalog.ts'
import { aiGenerate } from './ai-generate/definition.ts'
import { apiCall } from './api-call/definition.ts'
import { approval } from './approval/definition.ts'
import { conditional } from './conditional/definition.ts'
import { delay } from './delay/definition.ts'
import { forEach } from './for-each/definition.ts'
import { form } from './form/definition.ts'
import { parallel } from './parallel/definition.ts'
import { set } from './set/definition.ts'
import { workflow } from './workflow/definition.ts'

/** Every step type of this build by its name; the order is that of lists and completion. */
const DEFINITIONS = {
  form,
  ai_generate: aiGenerate,
  conditional,
  api_call: apiCall,
  approval,
  set,
  delay,
  workflow,
  parallel,
  for_each: forEach,
} satisfies Readonly<Record<string, AnyStepType>>

/** The types that need an executor: `executors.ts` has one for each. */
export type EffectType = {
  [T in keyof typeof DEFINITIONS]: (typeof DEFINITIONS)[T] extends { readonly behavior: 'effect' } ? T : never
}[keyof typeof DEFINITIONS]

const byType: ReadonlyMap<string, AnyStepType> = new Map(Object.entries(DEFINITIONS))

export const stepCatalog: StepCatalog = {
  get: (type) => byType.get(type),
  list: () => [...byType.values()],
}

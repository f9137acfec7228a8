import { executeAiGenerate } from './ai-generate/executor.ts'
import { executeApiCall } from './api-call/executor.ts'
import type { EffectType } from './definitions.ts'
import type { StepExecutor } from './kit.ts'

/**
 * An executor for every step type that has an effect; a type without one does not compile. Each is exact about its own
 * config, which its room's schema has checked; here they meet, so the config's type is left open.
 */
// biome-ignore lint/suspicious/noExplicitAny: the registry is heterogeneous; each room is exact in its own file
export const stepExecutors: Record<EffectType, StepExecutor<any>> = {
  ai_generate: executeAiGenerate,
  api_call: executeApiCall,
}

import { createRedactor } from '#lib/redact.ts'
import { namedPrompts, standInSecrets } from '#lib/simulation/stand-ins.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import type { AiPort, HttpPort, SchemaPort } from '#lib/steps/kit.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import type { WorkerPorts } from '../postgres/worker/parts.ts'

/** The mock, as every test run has it. */
export function mockAi(mode: string): AiPort {
  const settings = { openaiApiKey: null, openaiBaseUrl: null, anthropicApiKey: null }
  return createAiPort({ ...settings, mockAiSeed: 42, mockAiMode: mode })
}

/** Ports of a worker that executes the product's own steps, in a workspace made up as that of a test run is. */
export function realSteps(
  outside: { readonly http: HttpPort; readonly schemas: SchemaPort; readonly ai?: AiPort } & Pick<WorkerPorts, 'child'>,
): WorkerPorts {
  return {
    executors: stepExecutors,
    ai: mockAi('success'),
    prompts: namedPrompts,
    secrets: async (names) => standInSecrets(names),
    sensitiveConstants: async () => ({}),
    redact: (value, secrets) => createRedactor({ secrets, patterns: false }).json(value),
    deliver: async () => ({ ok: true }),
    ...outside,
  }
}

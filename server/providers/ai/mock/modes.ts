/**
 * How the mock behaves: `MOCK_AI_MODE` is one of these, or a comma-separated list of them. Of a list, the first call of a
 * step takes the first, the next call the second, and so on; the last one stays. `schema_violation_once` violates the
 * schema in the first call of every attempt and then complies, so that one re-ask can be seen.
 */
export const MOCK_MODES = [
  'success',
  'schema_violation',
  'schema_violation_once',
  'timeout',
  'transient_error',
] as const
export type MockMode = (typeof MOCK_MODES)[number]

/** The list of modes; throws a sentence for a name that is none. */
export function parseMockModes(text: string): readonly [MockMode, ...MockMode[]] {
  const names = text.split(',').map((name) => name.trim())
  const modes = names.filter(isMode)
  const wrong = names.find((name) => !isMode(name))
  const [first, ...rest] = modes
  if (wrong !== undefined || first === undefined) {
    throw new Error(
      `MOCK_AI_MODE has "${wrong ?? text}"; it must be one of ${MOCK_MODES.join(', ')}, or a list of them.`,
    )
  }
  return [first, ...rest]
}

function isMode(name: string): name is MockMode {
  return MOCK_MODES.some((mode) => mode === name)
}

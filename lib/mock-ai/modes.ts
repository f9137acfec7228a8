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

/** null when the text can be used as `MOCK_AI_MODE`, else a sentence with the cure. */
export function checkMockModes(text: string): string | null {
  const wrong = namesIn(text).find((name) => !isMode(name))
  if (wrong === undefined) return null
  return `MOCK_AI_MODE has "${wrong}". Set it to ${MOCK_MODES.join(', ')}, or to several of them with commas between.`
}

/** The list of modes; throws what `checkMockModes` says. */
export function parseMockModes(text: string): readonly [MockMode, ...MockMode[]] {
  const problem = checkMockModes(text)
  const [first, ...rest] = namesIn(text).filter(isMode)
  if (problem !== null || first === undefined) throw new Error(problem ?? 'MOCK_AI_MODE is empty.')
  return [first, ...rest]
}

function namesIn(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

function isMode(name: string): name is MockMode {
  return MOCK_MODES.some((mode) => mode === name)
}

import type { Json } from '../../../json.ts'
import { askScript, runsHere } from '../../../testing/python.ts'

/** What Python, or where it differs on purpose the table of differences, makes of an expression. */
export interface PythonAnswer {
  readonly value?: Json
  readonly error?: true
  readonly differences?: readonly string[]
}

const REFERENCE = new URL('reference.py', import.meta.url)

/** Whether a Python is installed here. */
export function hasPython(): boolean {
  return runsHere('')
}

/** Asks one Python process for all of them. */
export async function askPython(
  data: Json,
  expressions: readonly string[],
): Promise<{ readonly version: string; readonly answers: readonly PythonAnswer[] }> {
  const [version, ...answers] = await askScript(REFERENCE, [data, ...expressions])
  return { version: String(version), answers: answers as readonly PythonAnswer[] }
}

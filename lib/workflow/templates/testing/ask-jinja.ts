import type { Json } from '../../../json.ts'
import { askScript, runsHere } from '../../../testing/python.ts'
import { DATA } from './data.ts'

/** What was rendered, or of what kind the error is and in which line. */
export type Outcome = string | readonly [kind: 'syntax' | 'undefined' | 'value', line?: number | null]

/** What Jinja makes of a template; where the language differs on purpose, also what it promises and in which rows. */
export type JinjaAnswer = Outcome | { readonly jinja: Outcome; readonly here: Outcome; readonly why: readonly string[] }

type Difference = Exclude<JinjaAnswer, Outcome>

export function isDifference(answer: JinjaAnswer): answer is Difference {
  return typeof answer === 'object' && 'why' in answer
}

const REFERENCE = new URL('reference.py', import.meta.url)

/** Whether Python and Jinja are installed here. */
export function hasJinja(): boolean {
  return runsHere('import jinja2; assert jinja2.__version__ >= "3.1"')
}

/** Asks one Python process for all of them. */
export async function askJinja(
  templates: readonly string[],
): Promise<{ readonly version: string; readonly answers: readonly JinjaAnswer[] }> {
  const [version, ...answers] = await askScript(REFERENCE, [DATA, ...templates])
  return { version: String(version), answers: answers as readonly Json[] as readonly JinjaAnswer[] }
}

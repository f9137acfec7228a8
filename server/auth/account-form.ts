import { headers } from 'next/headers'
import { ScaffError } from '#lib/errors.ts'
import { isScaffError } from '#server/api/error-map.ts'
import { isSameOrigin } from '#server/api/request-origin.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { pageContext } from './page-session.ts'

/** What an account form shows after it was sent: works with `useActionState`, with JavaScript and without. */
export interface AccountFormState {
  /** One sentence about the whole form; null: none. */
  readonly error: string | null
  /** One sentence per field. */
  readonly fields: Readonly<Record<string, string>>
  /** What was typed, passwords excepted, so that nothing has to be typed twice. */
  readonly values: Readonly<Record<string, string>>
  readonly done: boolean
}

const KEPT = ['email', 'name', 'returnTo'] as const

export function field(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Runs what a form asks for; what people can put right comes back as the form's new state, a defect is thrown. */
export async function answerForm(
  form: FormData,
  act: (ctx: ServiceContext) => Promise<void>,
): Promise<{ readonly failure: AccountFormState | null }> {
  const ctx = await pageContext()
  try {
    if (!isSameOrigin(await headers(), ctx.app.env.appUrl)) {
      throw new ScaffError('auth.origin_refused', `Open Scaff at ${ctx.app.env.appUrl} and try again.`)
    }
    await act(ctx)
    return { failure: null }
  } catch (thrown) {
    if (!isScaffError(thrown)) throw thrown
    return { failure: failureOf(thrown, form) }
  }
}

function failureOf(error: ScaffError, form: FormData): AccountFormState {
  const fields = Object.fromEntries(error.errors.map(({ path, message }) => [path, message]))
  return {
    error: Object.keys(fields).length === 0 ? error.message : 'Check the marked fields.',
    fields,
    values: Object.fromEntries(KEPT.map((name) => [name, field(form, name)])),
    done: false,
  }
}

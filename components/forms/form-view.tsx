'use client'
import { useActionState, useEffect, useMemo, useTransition } from 'react'
import type { FormView as FormViewState } from '#lib/contracts/forms.ts'
import { ErrorSummary } from './error-summary.tsx'
import { initialValues } from './form-record.ts'
import { SchemaFields } from './schema-fields.tsx'
import { useAnswers } from './use-answers.ts'
import { useKeptDraft } from './use-kept-draft.ts'

export type OpenForm = Extract<FormViewState, { state: 'open' }>

/** Answers the form to show again, with what was typed and what is wrong; redirects when it was accepted. */
export type SubmitForm = (previous: OpenForm, form: FormData) => Promise<OpenForm>

/** As the primary `Button`, without the code that knows all the others. */
const SUBMIT =
  'inline-flex items-center justify-center rounded-md bg-accent font-medium text-accent-on shadow-raised transition-colors hover:bg-accent-hover aria-disabled:cursor-not-allowed aria-disabled:opacity-50'

/** Its answers are read out of the form itself, so that it needs no more than names. */
const byName = (name: string) => ({ name })

export interface FormViewProps {
  readonly form: OpenForm
  readonly action: SubmitForm
  /** Names what is typed here, for this tab. */
  readonly draft: string
  /** Smaller where it is part of a page of the app. */
  readonly compact?: boolean
}

/**
 * A form that somebody fills in. Rendered on the server and sent by the browser's own POST; with scripts it is checked
 * by the same schema before it is sent.
 */
export function FormView({ form: first, action, draft, compact }: FormViewProps) {
  const [form, dispatch] = useActionState(action, first)
  const [pending, startTransition] = useTransition()
  const { formRef, summaryRef, errors, summary, submit, onInput } = useAnswers({
    fields: form.fields,
    schema: form.schema,
    prefix: 'field',
    problems: form.errors,
  })
  const answered = form !== first || form.errors.length > 0
  const markSent = useKeptDraft(formRef, draft, answered ? form : null)
  const values = useMemo(() => initialValues(form.fields, form.values, null), [form])

  useEffect(() => {
    if (answered) summaryRef.current?.focus()
  }, [answered, summaryRef])

  return (
    <form
      ref={formRef}
      action={dispatch}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (pending) return
        submit((element) => {
          markSent()
          startTransition(() => dispatch(new FormData(element)))
        })
      }}
      onInput={onInput}
      className="grid gap-6"
    >
      <ErrorSummary ref={summaryRef} items={summary} />
      <SchemaFields fields={form.fields} values={values} errors={errors} prefix="field" bind={byName} />
      <div>
        <button
          type="submit"
          aria-disabled={pending || undefined}
          className={`${SUBMIT} ${compact ? 'h-8 px-3 text-sm' : 'h-11 px-6 text-base max-sm:w-full'}`}
        >
          {pending ? 'Sending…' : 'Submit'}
        </button>
      </div>
    </form>
  )
}

'use client'
import { useId, useMemo } from 'react'
import { ErrorSummary } from '#components/forms/error-summary.tsx'
import { initialValues } from '#components/forms/form-record.ts'
import { SchemaFields } from '#components/forms/schema-fields.tsx'
import { useSchemaForm } from '#components/forms/use-schema-form.ts'
import { Button } from '#components/ui/button.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { WaitForm } from '#lib/contracts/runs.ts'
import type { JsonObject } from '#lib/json.ts'
import type { StartProblem } from './protocol.ts'

interface AnswerFormProps {
  readonly form: WaitForm
  readonly busy: boolean
  readonly problems: readonly StartProblem[]
  readonly onSubmit: (values: JsonObject) => void
}

/** The waiting form itself, filled in by whoever tries the workflow out. */
export function AnswerForm({ form, busy, problems, onSubmit }: AnswerFormProps) {
  const prefix = useId()
  const { formRef, summaryRef, bind, errors, summary, submit } = useSchemaForm({
    fields: form.fields,
    schema: form.schema,
    prefix,
    problems,
  })
  const values = useMemo(() => initialValues(form.fields, {}, null), [form.fields])
  return (
    <form ref={formRef} noValidate onSubmit={submit((answers) => !busy && onSubmit(answers))} className="grid gap-5">
      {form.description && (
        <p className="text-sm text-ink-muted">
          <VisibleText text={form.description} />
        </p>
      )}
      <ErrorSummary ref={summaryRef} items={summary} />
      <SchemaFields fields={form.fields} values={values} errors={errors} prefix={prefix} bind={bind} />
      <div>
        <Button type="submit" variant="primary" aria-disabled={busy || undefined}>
          {busy ? 'Sending…' : 'Submit'}
        </Button>
      </div>
    </form>
  )
}

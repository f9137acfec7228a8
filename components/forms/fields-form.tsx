'use client'
import { type ReactNode, useId, useMemo } from 'react'
import type { JsonObject, JsonSchema } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'
import { ErrorSummary } from './error-summary.tsx'
import { initialValues } from './form-record.ts'
import type { Problem } from './problems.ts'
import { SchemaFields } from './schema-fields.tsx'
import { useSchemaForm } from './use-schema-form.ts'

interface FieldsFormProps {
  readonly fields: readonly Field[]
  readonly schema: JsonSchema
  /** What stands in the fields at first, in place of defaults. */
  readonly values?: JsonObject
  readonly problems: readonly Problem[]
  readonly onSubmit: (values: JsonObject) => void
  /** Above the fields, within the form. */
  readonly before?: ReactNode
  /** Below them: the buttons. */
  readonly children: ReactNode
}

const NOTHING: JsonObject = {}

/** The fields that a workflow declares, checked by their schema, for people who are signed in. */
export function FieldsForm(props: FieldsFormProps) {
  const { fields, schema, values = NOTHING, problems, onSubmit, before, children } = props
  const prefix = useId()
  const { formRef, summaryRef, bind, errors, summary, submit } = useSchemaForm({ fields, schema, prefix, problems })
  const shown = useMemo(() => initialValues(fields, values, null), [fields, values])
  return (
    <form ref={formRef} noValidate onSubmit={submit((given) => onSubmit(given))} className="grid gap-4">
      {before}
      <ErrorSummary ref={summaryRef} items={summary} />
      {fields.length > 0 && <SchemaFields fields={fields} values={shown} errors={errors} prefix={prefix} bind={bind} />}
      {children}
    </form>
  )
}

'use client'
import { useId, useMemo, useState } from 'react'
import { ErrorSummary } from '#components/forms/error-summary.tsx'
import { initialValues } from '#components/forms/form-record.ts'
import { SchemaFields } from '#components/forms/schema-fields.tsx'
import { useSchemaForm } from '#components/forms/use-schema-form.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { AI_MODES, type AiMode, type StartProblem } from './protocol.ts'

interface StartFormProps {
  readonly inputs: WorkflowInputs | null
  /** Whether the text can be run. */
  readonly valid: boolean
  readonly busy: boolean
  readonly problems: readonly StartProblem[]
  readonly onStart: (inputs: JsonObject, mode: AiMode) => void
}

const NONE = { fields: [], schema: {} }

/** What a test run begins with, and how the mock behaves in it. */
export function StartForm({ inputs, valid, busy, problems, onStart }: StartFormProps) {
  const prefix = useId()
  const [mode, setMode] = useState<AiMode>('success')
  const { fields, schema } = inputs ?? NONE
  const form = useSchemaForm({ fields, schema, prefix, problems })
  const values = useMemo(() => initialValues(fields, {}, null), [fields])
  return (
    <form
      ref={form.formRef}
      noValidate
      onSubmit={form.submit((answers) => valid && !busy && onStart(answers, mode))}
      className="grid gap-5"
    >
      <ErrorSummary ref={form.summaryRef} items={form.summary} />
      {fields.length > 0 && (
        <SchemaFields fields={fields} values={values} errors={form.errors} prefix={prefix} bind={form.bind} />
      )}
      <Field label="The mock AI gives" help={AI_MODES.find(({ id }) => id === mode)?.help}>
        {(control) => (
          <Select
            {...control}
            value={mode}
            onChange={({ target }) => setMode(AI_MODES.find(({ id }) => id === target.value)?.id ?? 'success')}
          >
            {AI_MODES.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-2">
        <div>
          <Button type="submit" variant="primary" aria-disabled={!valid || busy || undefined}>
            {busy ? 'Starting…' : 'Start the test run'}
          </Button>
        </div>
        {!valid && (
          <p className="text-[0.8125rem] text-ink-muted">The text has errors. Cure them first, then try it out here.</p>
        )}
      </div>
    </form>
  )
}

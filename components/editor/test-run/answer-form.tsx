'use client'
import { FieldsForm } from '#components/forms/fields-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { WaitForm } from '#lib/contracts/run-waits.ts'
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
  return (
    <FieldsForm
      fields={form.fields}
      schema={form.schema}
      problems={problems}
      onSubmit={(answers) => !busy && onSubmit(answers)}
      before={
        form.description && (
          <p className="text-sm text-ink-muted">
            <VisibleText text={form.description} />
          </p>
        )
      }
    >
      <div>
        <Button type="submit" variant="primary" aria-disabled={busy || undefined}>
          {busy ? 'Sending…' : 'Submit'}
        </Button>
      </div>
    </FieldsForm>
  )
}

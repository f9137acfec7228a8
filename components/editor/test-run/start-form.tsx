'use client'
import { useState } from 'react'
import { FieldsForm } from '#components/forms/fields-form.tsx'
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
  const [mode, setMode] = useState<AiMode>('success')
  return (
    <FieldsForm
      {...(inputs ?? NONE)}
      problems={problems}
      onSubmit={(answers) => valid && !busy && onStart(answers, mode)}
    >
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
    </FieldsForm>
  )
}

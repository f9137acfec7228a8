'use client'
import { useId, useMemo, useState } from 'react'
import { ErrorSummary } from '#components/forms/error-summary.tsx'
import { initialValues } from '#components/forms/form-record.ts'
import type { Problem } from '#components/forms/problems.ts'
import { SchemaFields } from '#components/forms/schema-fields.tsx'
import { useSchemaForm } from '#components/forms/use-schema-form.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'

export interface RunDialogViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly name: string
  /** null: the workflow declares none, any JSON object is accepted. */
  readonly inputs: WorkflowInputs | null
  readonly pending: boolean
  readonly error: string | null
  readonly problems: readonly Problem[]
  readonly onStart: (inputs: JsonObject) => void
}

export function RunDialogView(props: RunDialogViewProps) {
  const { open, onOpenChange, name, inputs, error } = props
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Run “${name}”`}
      description={inputs ? 'It begins with what you enter here.' : 'It declares no inputs, so it can simply begin.'}
    >
      <div className="grid gap-4">
        {error && <Notice tone="bad">{error}</Notice>}
        {inputs ? <InputsForm {...props} inputs={inputs} /> : <FreeInputs {...props} />}
      </div>
    </Dialog>
  )
}

function InputsForm({
  inputs,
  problems,
  pending,
  onStart,
  onOpenChange,
}: RunDialogViewProps & { inputs: WorkflowInputs }) {
  const prefix = useId()
  const { formRef, summaryRef, bind, errors, summary, submit } = useSchemaForm({
    fields: inputs.fields,
    schema: inputs.schema,
    prefix,
    problems,
  })
  const values = useMemo(() => initialValues(inputs.fields, {}, null), [inputs.fields])
  return (
    <form ref={formRef} noValidate onSubmit={submit(onStart)} className="grid gap-4">
      <ErrorSummary ref={summaryRef} items={summary} />
      <SchemaFields fields={inputs.fields} values={values} errors={errors} prefix={prefix} bind={bind} />
      <Buttons pending={pending} onCancel={() => onOpenChange(false)} />
    </form>
  )
}

function FreeInputs({ pending, onStart, onOpenChange }: RunDialogViewProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const read = readObject(text)
        if (typeof read === 'string') setProblem(read)
        else onStart(read)
      }}
    >
      <details className="text-sm">
        <summary className="w-fit rounded py-1 text-[0.8125rem] text-ink-muted hover:text-ink">
          Give inputs all the same
        </summary>
        <Field label="Inputs as a JSON object" optional error={problem} className="mt-2">
          {(control) => (
            <Textarea
              {...control}
              spellCheck={false}
              className="font-mono"
              placeholder='{"topic": "AI for developers"}'
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </details>
      <Buttons pending={pending} onCancel={() => onOpenChange(false)} />
    </form>
  )
}

function Buttons({ pending, onCancel }: { readonly pending: boolean; readonly onCancel: () => void }) {
  return (
    <DialogActions>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? 'Starting…' : 'Start the run'}
      </Button>
    </DialogActions>
  )
}

/** The object that was typed, or a sentence that says why it is none. */
export function readObject(text: string): JsonObject | string {
  if (text.trim() === '') return {}
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`
  }
  return isJsonObject(value) ? value : 'Write a JSON object: { … } with a name for each value.'
}

'use client'
import { type ReactNode, useState } from 'react'
import { FieldsForm } from '#components/forms/fields-form.tsx'
import type { Problem } from '#components/forms/problems.ts'
import { Field } from '#components/ui/field.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { readObject } from '#components/workflows/read-object.ts'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'

export interface InputsFormProps {
  /** null: the workflow declares none, so they are edited as JSON; undefined: not known yet. */
  readonly inputs: WorkflowInputs | null | undefined
  /** What stands in the fields at first. */
  readonly values: JsonObject
  readonly problems: readonly Problem[]
  readonly onSubmit: (values: JsonObject) => void
  /** Above the fields, within the form. */
  readonly before?: ReactNode
  /** The buttons. */
  readonly children: ReactNode
}

/** The start inputs of a run, to be edited: a form where the workflow declares them, else JSON. */
export function InputsForm(props: InputsFormProps) {
  const { inputs } = props
  if (inputs === undefined) {
    return (
      <div role="status" aria-label="Loading the inputs" className="grid gap-3">
        <Skeleton className="h-4 w-1/3" />
        <Skeleton className="h-9 w-full" />
        <Skeleton className="h-9 w-full" />
      </div>
    )
  }
  return inputs === null ? <JsonInputs {...props} /> : <FieldsForm {...props} {...inputs} />
}

function JsonInputs({ values, problems, onSubmit, before, children }: InputsFormProps) {
  const [text, setText] = useState(() => JSON.stringify(values, null, 2))
  const [problem, setProblem] = useState<string | null>(null)
  const found = problems.map(({ path, message }) => `${path} ${message}`.trim()).join(' ')
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const read = readObject(text)
        if (typeof read === 'string') setProblem(read)
        else onSubmit(read)
      }}
    >
      {before}
      <Field label="Inputs as a JSON object" error={problem ?? (found === '' ? null : found)}>
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            spellCheck={false}
            className="font-mono"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setProblem(null)
            }}
          />
        )}
      </Field>
      {children}
    </form>
  )
}

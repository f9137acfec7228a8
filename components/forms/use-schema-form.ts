'use client'
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form'
import type { JsonObject, JsonSchema } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'
import type { SummaryItem } from './error-summary.tsx'
import { type Errors, type Problem, toErrors, WHOLE } from './problems.ts'
import { fieldId } from './schema-fields.tsx'
import type { Binding } from './widgets/widget.ts'

interface SchemaFormOptions {
  readonly fields: readonly Field[]
  readonly schema: JsonSchema
  readonly prefix: string
  /** What the server found; shown until the field is changed. */
  readonly problems: readonly Problem[]
}

type Answers = Record<string, unknown>

export interface SchemaForm {
  readonly formRef: RefObject<HTMLFormElement | null>
  readonly summaryRef: RefObject<HTMLDivElement | null>
  readonly bind: (key: string) => Binding
  /** One sentence per field key. */
  readonly errors: Readonly<Record<string, string>>
  readonly summary: readonly SummaryItem[]
  /** Runs `onValid` with the checked values, or shows what is wrong and moves the focus there. */
  readonly submit: (onValid: (values: JsonObject, form: HTMLFormElement) => void) => (event: React.FormEvent) => void
}

/** Where the form library keeps the error that belongs to the whole form. */
const ROOT = 'root'

/**
 * A form whose rules are a JSON Schema. The browser reads its answers exactly as the server does, out of the form's own
 * entries, so both check the same values by the same schema.
 */
export function useSchemaForm({ fields, schema, prefix, problems }: SchemaFormOptions): SchemaForm {
  const formRef = useRef<HTMLFormElement>(null)
  const summaryRef = useRef<HTMLDivElement>(null)
  const byKey = useMemo(() => new Map(fields.map((field) => [field.key, field])), [fields])
  const given = useMemo(() => toFieldErrors(toErrors(problems, fields)), [problems, fields])

  const resolver: Resolver<Answers> = useCallback(async () => {
    if (!formRef.current) return { values: {}, errors: {} }
    const { checkAnswers } = await import('./check-answers.ts')
    const { values, errors } = checkAnswers(fields, schema, formRef.current)
    if (Object.keys(errors).length === 0) return { values: { ...values }, errors: {} }
    return { values: {}, errors: toFieldErrors(errors) }
  }, [fields, schema])

  const { register, handleSubmit, formState } = useForm<Answers>({ resolver, errors: given, shouldFocusError: false })
  const { errors: found, submitCount } = formState

  const errors = useMemo(() => sentences(found), [found])
  const failed = Object.keys(errors).length > 0
  const reported = useRef(0)
  useEffect(() => {
    if (submitCount === reported.current || !failed) return
    reported.current = submitCount
    summaryRef.current?.focus()
  }, [submitCount, failed])

  const summary = Object.entries(errors).map(([key, message]) => ({
    id: byKey.has(key) ? fieldId(prefix, key) : null,
    label: null,
    message,
  }))

  const bind = (key: string): Binding => {
    const { name, ref, onChange, onBlur } = register(key)
    return { name, ref, onChange: (event) => void onChange(event), onBlur: (event) => void onBlur(event) }
  }

  const submit: SchemaForm['submit'] = (onValid) => (event) => {
    const form = event.currentTarget as HTMLFormElement
    void handleSubmit((values) => onValid(values as JsonObject, form))(event)
  }

  return { formRef, summaryRef, bind, errors, summary, submit }
}

function toFieldErrors(errors: Errors): FieldErrors<Answers> {
  return Object.fromEntries(
    Object.entries(errors).map(([key, message]) => [key === WHOLE ? ROOT : key, { type: 'schema', message }]),
  )
}

function sentences(errors: FieldErrors<Answers>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([key, error]) =>
      typeof error?.message === 'string' ? [[key, error.message]] : [],
    ),
  )
}

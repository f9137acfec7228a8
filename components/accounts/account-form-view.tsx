'use client'
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { useActionState, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { AccountFormState } from '#server/auth/account-form.ts'

export type AccountAction = (previous: AccountFormState, form: FormData) => Promise<AccountFormState>

export interface AccountField {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autoComplete: HTMLInputAutoCompleteAttribute
  readonly optional?: boolean
  readonly help?: string
  /** Shown, but settled by the link that was followed. */
  readonly fixed?: string
}

interface AccountFormViewProps {
  readonly fields: readonly AccountField[]
  /** Sent along, e.g. the token of a one-time link. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly submit: string
  readonly action: AccountAction
  readonly initial?: AccountFormState
  /** Said in place of the form once it was sent and nothing follows. */
  readonly done?: ReactNode
  readonly children?: ReactNode
}

export const EMPTY_FORM: AccountFormState = { error: null, fields: {}, values: {}, done: false }

/** Sign-in and the pages behind one-time links: few fields, the browser's own POST. */
export function AccountFormView({
  fields,
  hidden = {},
  submit,
  action,
  initial = EMPTY_FORM,
  done,
  children,
}: AccountFormViewProps) {
  const [state, dispatch, pending] = useActionState(action, initial)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (state === initial) return
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state, initial])
  if (state.done) return <Notice tone="good">{done}</Notice>
  return (
    <form ref={form} action={dispatch} noValidate className="grid gap-4">
      {state.error && <Notice tone="bad">{state.error}</Notice>}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <Field
          key={field.name}
          id={`account-${field.name}`}
          label={field.label}
          help={field.help}
          optional={field.optional}
          error={state.fields[field.name]}
        >
          {(control) => (
            <Input
              {...control}
              name={field.fixed === undefined ? field.name : undefined}
              type={field.type}
              autoComplete={field.autoComplete}
              defaultValue={field.fixed ?? state.values[field.name] ?? ''}
              readOnly={field.fixed !== undefined}
              spellCheck={field.type === 'text' ? undefined : false}
              tall
            />
          )}
        </Field>
      ))}
      <Button type="submit" variant="primary" size="wide" disabled={pending} className="mt-1">
        {pending ? 'One moment…' : submit}
      </Button>
      {children}
    </form>
  )
}

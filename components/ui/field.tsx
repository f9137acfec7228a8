import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'
import { Label } from './label.tsx'
import { AlertIcon } from './plain-icons.tsx'

/** What a control needs to belong to its label, help and error. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

interface FieldProps {
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly error?: ReactNode
  readonly optional?: boolean
  /** Fixed where something links to the control, e.g. an error summary. */
  readonly id?: string
  readonly className?: string
  readonly children: (control: ControlProps) => ReactNode
}

/** Label, control, help and error as one: the ids that tie them together are made here and nowhere else. */
export function Field({ label, help, error, optional, id, className, children }: FieldProps) {
  const made = useId()
  const controlId = id ?? made
  const helpId = help ? `${controlId}-help` : null
  const errorId = error ? `${controlId}-error` : null
  const describedBy = [errorId, helpId].filter(Boolean).join(' ')
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <Label htmlFor={controlId} optional={optional}>
        {label}
      </Label>
      {help && (
        <p id={helpId ?? undefined} className="-mt-1 text-[0.8125rem] text-ink-muted">
          {help}
        </p>
      )}
      {children({
        id: controlId,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {error && <FieldError id={errorId ?? undefined}>{error}</FieldError>}
    </div>
  )
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-[0.8125rem] text-bad">
      <AlertIcon className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0">
        <span className="sr-only">Error: </span>
        {children}
      </span>
    </p>
  )
}
